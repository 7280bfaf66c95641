import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { toastFailed } from '../../ui/toast.tsx'
import { resources } from './limit-draft.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { amountOf } from './quota-words.ts'
import { type Plan, usePlans } from './use-quotas.ts'
import { useRemovePlan } from './use-save-limits.ts'

const head = 'h-7 px-2 text-right text-12 font-medium text-ink-3 whitespace-nowrap last:pr-5 max-md:hidden'
const cell = 'h-9 border-t border-line px-2 text-right whitespace-nowrap last:pr-5'

const titles = {
  storage_bytes: 'Storage',
  relations: 'Relations',
  connections: 'Connections',
  temp_bytes: 'Temporary',
  statement_seconds: 'Statement',
} as const

function Row(props: { plan: Plan; refusal: string | undefined; onEdit: () => void }) {
  const { plan, refusal } = props
  const remove = useRemovePlan()
  return (
    <tr>
      <th scope="row" className="h-9 w-full max-w-0 border-t border-line pl-5 text-left font-normal">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="font-medium whitespace-nowrap">{plan.name}</span>
          <span className="truncate text-12 text-ink-3 max-md:hidden">{plan.description}</span>
        </span>
      </th>
      {resources.map((resource) => {
        const one = plan.limits.find((limit) => limit.resource === resource)
        return (
          <td key={resource} className={`${cell} num max-md:hidden`}>
            {one ? (
              <>
                {amountOf(resource, one.limit)}
                {one.graceSeconds > 0 && (
                  <span className="text-12 text-ink-3">
                    {' '}
                    +{formatCount(Math.round(one.graceSeconds / 360) / 10)} h
                  </span>
                )}
              </>
            ) : (
              <span className="text-ink-3">–</span>
            )}
          </td>
        )
      })}
      <td className={`${cell} num`}>{formatCount(plan.tenants)}</td>
      <td className={cell}>
        <span className="inline-flex gap-1">
          <IconButton
            size="sm"
            icon={Pencil}
            label={`Change ${plan.name}`}
            disabledReason={refusal}
            onClick={props.onEdit}
          />
          <IconButton
            size="sm"
            icon={Trash2}
            label={`Remove ${plan.name}`}
            disabledReason={
              refusal ??
              (plan.id === null
                ? 'Defaults are changed, not removed.'
                : plan.tenants > 0
                  ? `${formatCount(plan.tenants)} tenants have it: give them another plan first.`
                  : undefined)
            }
            onClick={() =>
              plan.id &&
              remove.mutate(
                { planId: plan.id },
                { onError: (error) => toastFailed('Plan not removed', error) },
              )
            }
          />
        </span>
      </td>
    </tr>
  )
}

/** Every plan with its limits; what holds for the whole fleet comes first. */
export function PlansSection() {
  const query = usePlans()
  const mayNot = usePermissionRefusal('quota.write')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? stale
  const [open, setOpen] = useState<{ plan?: Plan }>()
  return (
    <section aria-label="Plans" className="min-w-0 shrink-0 border-b border-line">
      <SectionHeader
        title="Plans"
        meta="a tenant’s own limit counts first, then its plan’s, then the fleet’s"
      >
        <Button size="sm" icon={Plus} disabledReason={refusal} onClick={() => setOpen({})}>
          New plan
        </Button>
      </SectionHeader>
      <QueryPanel title="Plans" noun="plans" query={query}>
        {(plans) => (
          <table className="w-full border-collapse">
            <thead className="border-t border-line bg-surface-2">
              <tr>
                <th className="h-7 pl-5 text-left text-12 font-medium text-ink-3">Plan</th>
                {resources.map((resource) => (
                  <th key={resource} className={head}>
                    {titles[resource]}
                  </th>
                ))}
                <th className="h-7 px-2 text-right text-12 font-medium text-ink-3">Tenants</th>
                <th className="h-7 pr-5">
                  <span className="sr-only">Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {plans.map((plan) => (
                <Row
                  key={plan.id ?? 'fleet'}
                  plan={plan}
                  refusal={refusal}
                  onEdit={() => setOpen({ plan })}
                />
              ))}
            </tbody>
          </table>
        )}
      </QueryPanel>
      {open && <PlanDialog {...open} onClose={() => setOpen(undefined)} />}
    </section>
  )
}
