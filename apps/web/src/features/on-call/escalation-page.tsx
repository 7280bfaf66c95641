import { Plus } from 'lucide-react'
import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyNothing } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { Tag } from '../../ui/tag.tsx'
import { formatDuration } from '../../ui/time-format.ts'
import { PolicyDialog } from './policy-dialog.tsx'
import { TellingTabs } from './telling-tabs.tsx'
import { type Policy, usePolicies, useRemovePolicy, useSchedules } from './use-on-call.ts'
import { useTargets } from './use-targets.ts'

/** Who is told when something fires, and who when nobody takes it. */
export function EscalationPage() {
  const [adding, setAdding] = useState(false)
  const mayNot = usePermissionRefusal('oncall.write')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? stale
  // Its topic is what this page lives on, too.
  useSchedules()
  const query = usePolicies()
  const add = (
    <Button variant="primary" icon={Plus} disabledReason={refusal} onClick={() => setAdding(true)}>
      Add escalation
    </Button>
  )
  return (
    <TellingTabs tab="/alerts/escalation">
      {adding && <PolicyDialog refusal={refusal} onClose={() => setAdding(false)} />}
      <Sheet>
        <div className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
          <p className="min-w-0 flex-1 text-12 text-ink-3">
            The first step is told at once. The next follows while nobody has taken the incident; it stops
            when somebody does, and goes on when their time is over.
          </p>
          {add}
        </div>
        <PanelBoundary title="Escalations">
          <QueryPanel title="Escalations" noun="escalations" query={query}>
            {(policies) =>
              policies.length === 0 ? (
                <EmptyNothing title="Nobody is told yet" action={add}>
                  Without an escalation incidents are shown here and nobody is called. Make one the default:
                  it is for every rule that names no other.
                </EmptyNothing>
              ) : (
                <>
                  {!policies.some(({ isDefault }) => isDefault) && (
                    <div className="gutter border-b border-line py-2">
                      <Banner tone="warn">
                        None of them is the default: nobody is told of rules that name none.
                      </Banner>
                    </div>
                  )}
                  {policies.map((policy) => (
                    <OnePolicy key={policy.id} policy={policy} refusal={refusal} />
                  ))}
                </>
              )
            }
          </QueryPanel>
        </PanelBoundary>
      </Sheet>
    </TellingTabs>
  )
}

function OnePolicy({ policy, refusal }: { policy: Policy; refusal: string | undefined }) {
  const [open, setOpen] = useState<'edit' | 'remove'>()
  const { nameOf } = useTargets()
  const { remove, isPending, error } = useRemovePolicy()
  return (
    <section className="border-b border-line pb-3">
      <SectionHeader
        title={policy.name}
        meta={policy.rules ? `${policy.rules} ${policy.rules === 1 ? 'rule' : 'rules'}` : undefined}
      >
        {policy.isDefault && <Tag>default</Tag>}
        <Button size="sm" disabledReason={refusal} onClick={() => setOpen('edit')}>
          Edit…
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabledReason={
            refusal ??
            (policy.isDefault ? 'It is the default: make another one the default first.' : undefined)
          }
          onClick={() => setOpen('remove')}
        >
          Remove…
        </Button>
      </SectionHeader>
      <ol className="gutter">
        {policy.steps.map((step, i) => (
          <li key={i} className="flex min-h-8 flex-wrap items-baseline gap-x-4 border-t border-line py-1.5">
            <span className="num w-4 text-ink-3">{i + 1}</span>
            <span className="num w-28 text-ink-2">
              {step.afterSeconds ? `after ${formatDuration(step.afterSeconds * 1000)}` : 'at once'}
            </span>
            <span className="min-w-0 flex-1">{step.targets.map(nameOf).join(', ')}</span>
          </li>
        ))}
      </ol>
      <p className="gutter pt-1 text-12 text-ink-3">
        {policy.repeat
          ? `Then it begins again, ${policy.repeat} ${policy.repeat === 1 ? 'time' : 'times'}.`
          : 'Then nobody else is called.'}
      </p>
      {open === 'edit' && (
        <PolicyDialog policy={policy} refusal={refusal} onClose={() => setOpen(undefined)} />
      )}
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(wanted) => !wanted && setOpen(undefined)}
        title={`Remove ${policy.name}`}
        act="Remove escalation"
        keep="Keep escalation"
        danger
        busy={isPending}
        disabledReason={refusal}
        onAct={() =>
          void remove({ policyId: policy.id, ifVersion: policy.rowVersion }).then(
            () => setOpen(undefined),
            () => {},
          )
        }
      >
        <p>Incidents that are on their way through it stop there.</p>
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </ConfirmDialog>
    </section>
  )
}
