import type { PlacementPolicy } from '@tenantry/contracts'
import { useState } from 'react'
import { callForms } from '../../../api/call-forms.ts'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Select } from '../../../ui/select.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { useClusterList } from '../use-clusters.ts'
import { draftOf, type PolicyDraft, readDraft } from './policy-draft.ts'
import { RuleList } from './rule-list.tsx'
import { TrialPanel } from './trial-panel.tsx'
import { type PlacementView, usePlacementPolicy, useSetPlacement } from './use-placement-policy.ts'

const strategies: readonly { value: PlacementPolicy['strategy']; label: string; note: string }[] = [
  {
    value: 'least_full',
    label: 'Least full',
    note: 'By the fullest of what is limited, else by the number of tenants.',
  },
  { value: 'pinned', label: 'Pinned', note: 'Every new tenant to one cluster, and nowhere else.' },
  { value: 'by_label', label: 'By label', note: 'The labels of the tenant choose those of the cluster.' },
]

/** How the cluster of a new tenant is chosen, with a trial beside it. */
export function PlacementEditor() {
  const query = usePlacementPolicy()
  return (
    <QueryPanel title="The placement policy" noun="the placement policy" query={query}>
      {(view) => <Editor key={view.setAt} view={view} />}
    </QueryPanel>
  )
}

function Editor(props: { view: PlacementView }) {
  const { view } = props
  const [draft, setDraft] = useState<PolicyDraft>(() => draftOf(view.policy))
  const clusters = useClusterList().data?.filter(({ state }) => state !== 'detached') ?? []
  const permission = usePermissionRefusal('cluster.write')
  const stale = useStaleRefusal()
  const { set, isPending, error } = useSetPlacement()
  const read = readDraft(draft)
  const policy = 'policy' in read ? read.policy : undefined
  const missing = 'missing' in read ? read.missing : undefined
  const isUnchanged = JSON.stringify(policy) === JSON.stringify(view.policy)
  const change = (over: Partial<PolicyDraft>) => setDraft((now) => ({ ...now, ...over }))
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <div className="min-h-0 min-w-0 flex-1 max-lg:flex-none lg:overflow-y-auto">
        <div className="gutter grid max-w-200 grid-cols-[minmax(0,1fr)] gap-4 py-4">
          <h2 className="text-13 font-semibold">How the cluster of a new tenant is chosen</h2>
          <fieldset className="min-w-0 overflow-hidden rounded-md border border-line">
            <legend className="sr-only">Strategy</legend>
            {strategies.map(({ value, label, note }) => (
              <label
                key={value}
                className="flex min-h-8 items-center gap-2.5 border-line px-3 py-1.5 not-first:border-t has-checked:bg-accent-tint max-md:min-h-11"
              >
                <input
                  type="radio"
                  name="strategy"
                  className="accent-accent"
                  disabled={Boolean(permission)}
                  checked={draft.strategy === value}
                  onChange={() => change({ strategy: value })}
                />
                <span className="w-24 shrink-0 font-medium">{label}</span>
                <span className="min-w-0 text-12 text-ink-3">{note}</span>
              </label>
            ))}
          </fieldset>
          {draft.strategy === 'pinned' && (
            <div className="max-w-80">
              <Select
                label="The cluster to pin to"
                value={draft.clusterId}
                onChange={(clusterId) => change({ clusterId })}
                options={[
                  { value: '', label: 'Choose a cluster', disabled: true },
                  ...clusters.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            </div>
          )}
          {draft.strategy === 'by_label' && (
            <>
              <RuleList rules={draft.rules} onChange={(rules) => change({ rules })} refusal={permission} />
              <div className="max-w-80">
                <Select
                  label="Tenants that no rule matches"
                  value={draft.otherwise}
                  onChange={(otherwise) => change({ otherwise })}
                  options={[
                    { value: 'least_full', label: 'Where no rule matches: least full of all' },
                    { value: 'refuse', label: 'Where no rule matches: refuse the tenant' },
                  ]}
                />
              </div>
            </>
          )}
          {error ? <FormFault fault={faultOf(error)} /> : null}
          <div className="flex flex-wrap items-center gap-3">
            <Button
              variant="primary"
              busy={isPending}
              disabledReason={
                permission ?? stale ?? missing ?? (isUnchanged ? 'It is in force already.' : undefined)
              }
              onClick={() => policy && void set({ policy, ifSetAt: view.setAt }).catch(() => {})}
            >
              Save policy
            </Button>
            <span className="text-12 text-ink-3">
              {view.setAt ? (
                <>
                  Set by {view.setBy ?? 'somebody who is gone'}, <TimeStamp at={view.setAt} form="relative" />
                </>
              ) : (
                'Nobody has chosen yet: the default holds.'
              )}{' '}
              Tenants that are there stay where they are.
            </span>
          </div>
          {policy && (
            <CopyAs
              forms={callForms(
                { path: 'placement.set', kind: 'mutation', input: { policy, ifSetAt: view.setAt } },
                location.origin,
                location.href,
              )}
            />
          )}
        </div>
      </div>
      <TrialPanel policy={policy} missing={missing} />
    </div>
  )
}
