import { useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { TextLink } from '../../../ui/link.tsx'
import { Select } from '../../../ui/select.tsx'
import { useAssignPlan } from '../../quotas/use-assign-plan.ts'
import { usePlans } from '../../quotas/use-quotas.ts'
import type { Tenant } from '../use-tenant.ts'

const none = 'none'

/** The plan that a tenant has, and those that it may have; for whoever may not choose, its name alone. */
export function PlanChoice(props: {
  tenant: Tenant
  /** Undefined: not known yet. */
  plan: { id: string; name: string } | null | undefined
}) {
  const { tenant, plan } = props
  const plans = usePlans().data ?? []
  const assign = useAssignPlan(tenant)
  const mayNot = usePermissionRefusal('quota.write')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? stale
  const options = [
    { value: none, label: 'No plan' },
    ...plans.flatMap(({ id, name }) => (id ? [{ value: id, label: name }] : [])),
  ]
  return (
    <div className="gutter flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <span className="text-12 font-medium text-ink-2">Plan</span>
      {refusal || plan === undefined ? (
        <span title={refusal}>{plan === undefined ? '…' : (plan?.name ?? 'No plan')}</span>
      ) : (
        <span className="w-56">
          <Select
            label="Plan"
            value={plan?.id ?? none}
            options={options}
            onChange={(id) => assign(id === none ? null : id)}
          />
        </span>
      )}
      <p className="text-12 text-ink-3">Its own limit counts first, then its plan’s, then the fleet’s.</p>
      <TextLink to="/quotas" className="text-12">
        Plans and defaults
      </TextLink>
    </div>
  )
}
