import { CopyButton } from '../../../ui/copy-button.tsx'
import { PageHeader } from '../../../ui/page.tsx'
import { tenantLook } from '../../../ui/state-tones.ts'
import { StatusBadge } from '../../../ui/status.tsx'
import { Mono, Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { ActionsMenu } from '../lifecycle/actions-menu.tsx'
import { schemaNow } from '../lifecycle/schema-now.ts'
import type { Tenant } from '../use-tenant.ts'
import { NameEditor } from './name-editor.tsx'

/** State, name, labels; under it the names by which machines know the tenant. */
export function TenantHeader(props: { tenant: Tenant }) {
  const { tenant } = props
  return (
    <PageHeader
      before={<StatusBadge look={tenantLook[tenant.state]} large />}
      title={<NameEditor tenant={tenant} />}
      after={Object.entries(tenant.labels).map(([key, value]) => (
        <Tag key={key}>
          {key}={value}
        </Tag>
      ))}
      actions={<ActionsMenu />}
    >
      <p className="flex flex-wrap items-center gap-x-4 gap-y-0.5 text-ink-3">
        <span className="inline-flex items-center gap-1">
          <Mono className="font-medium text-ink">{tenant.slug}</Mono>
          <CopyButton text={tenant.slug} label="Copy the slug" className="size-5!" />
        </span>
        <span className="inline-flex min-w-0 items-center gap-1">
          <Mono className="truncate">{tenant.id}</Mono>
          <CopyButton text={tenant.id} label="Copy the id" className="size-5!" />
        </span>
        <Mono>
          {tenant.clusterName}/{schemaNow(tenant)}
        </Mono>
        <span>
          owned by <span className="text-ink-2">{tenant.ownerName}</span>, created on{' '}
          <TimeStamp at={tenant.createdAt} form="date" />
        </span>
      </p>
    </PageHeader>
  )
}
