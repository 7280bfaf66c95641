import { EnvironmentChip } from '../../../shell/top-bar.tsx'
import { useViewer } from '../../../shell/viewer.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Mono } from '../../../ui/tag.tsx'
import type { Tenant } from '../use-tenant.ts'
import { schemaNow } from './schema-now.ts'

/** What an action is about: the slug to copy, and where it is. */
export function TargetBox(props: { tenant: Tenant }) {
  const { tenant } = props
  const { environment } = useViewer()
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-3 py-2">
      <Mono className="text-14! font-medium">{tenant.slug}</Mono>
      <CopyButton text={tenant.slug} label="Copy the slug" />
      <span className="ml-auto flex min-w-0 items-center gap-2">
        <EnvironmentChip name={environment.name} />
        <Mono className="truncate text-ink-2">
          {tenant.clusterName}/{schemaNow(tenant)}
        </Mono>
      </span>
    </div>
  )
}
