import { operationSteps, schemaNameOf } from '@tenantry/contracts'
import { callForms } from '../../../api/call-forms.ts'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { FactList } from '../../../ui/facts.tsx'
import { SidePanel, SideSection } from '../../../ui/side-panel.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono, Tag } from '../../../ui/tag.tsx'
import { type PoolRow, usePoolOf } from '../../pool/use-pool.ts'
import { usePlacement } from '../use-placement.ts'
import { useTemplates } from '../use-templates.ts'
import type { Wish } from './wish-form.ts'

const unsaid = <span className="text-ink-3">–</span>

/** What will be made of the form, while it is filled in, and the same as a call. */
export function ReviewPanel(props: { wish: Wish }) {
  const { wish } = props
  const placement = usePlacement(wish.clusterId, wish.labels).data?.placement
  const template = useTemplates().data?.find(({ id }) => id === wish.templateId)
  const pool = usePoolOf(wish.templateId, placement?.clusterId)
  const isPooled = wish.fromPool !== false && (pool?.ready ?? 0) > 0
  const kind = isPooled ? 'tenant.claim' : 'tenant.provision'
  const labels = Object.entries(wish.labels ?? {})
  const input = {
    idempotencyKey: 'choose-one-per-tenant',
    slug: wish.slug,
    displayName: wish.displayName,
    templateId: wish.templateId,
    ...(wish.clusterId ? { clusterId: wish.clusterId } : {}),
    ...(labels.length ? { labels: wish.labels } : {}),
    ...(wish.notes ? { notes: wish.notes } : {}),
    fromPool: wish.fromPool ?? true,
  }
  return (
    <SidePanel label="Review" width={448}>
      <SideSection title="What will be made" className="pt-4!">
        <FactList
          facts={[
            { name: 'Tenant', value: wish.displayName || unsaid },
            { name: 'Slug', value: wish.slug ? <Mono>{wish.slug}</Mono> : unsaid },
            { name: 'Schema', value: wish.slug ? <Mono>{schemaNameOf(wish.slug)}</Mono> : unsaid },
            { name: 'Cluster', value: placement ? <Mono>{placement.name}</Mono> : unsaid },
            {
              name: 'Template',
              value: template ? (
                <>
                  {template.name} <Mono>v{template.readyVersion}</Mono>
                </>
              ) : (
                unsaid
              ),
            },
          ]}
        />
        {labels.length > 0 && (
          <div className="mt-2 flex flex-wrap gap-1">
            {labels.map(([key, value]) => (
              <Tag key={key}>
                {key}={value}
              </Tag>
            ))}
          </div>
        )}
        {placement && <p className="mt-2 text-12 text-ink-3">{placement.reason}</p>}
      </SideSection>
      <SideSection title="How" end="each step knows its way back">
        <ol className="grid gap-0.5">
          {operationSteps[kind].map((step) => (
            <li key={step.name} className="flex items-center gap-2 text-ink-2">
              <StatusIcon tone="queued" size={12} />
              {step.title}
            </li>
          ))}
        </ol>
        {pool && <p className="num mt-2 text-12 text-ink-3">{poolSentence(pool, isPooled)}</p>}
      </SideSection>
      <div className="px-4 py-2.5">
        <CopyAs forms={callForms({ path: 'tenants.provision', kind: 'mutation', input }, location.origin)} />
      </div>
    </SidePanel>
  )
}

function poolSentence({ ready, wanted, clusterName }: PoolRow, isPooled: boolean): string {
  const there = `${ready} of ${wanted} in the warm pool of ${clusterName}`
  if (isPooled) return `Its schema is ready: ${there}. One is taken if it is still there, else built.`
  return ready > 0 ? `Built as you wish, although ${there} are ready.` : `Built: none is ready now, ${there}.`
}
