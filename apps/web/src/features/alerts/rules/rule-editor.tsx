import { useNavigate } from '@tanstack/react-router'
import { Copy, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { callForms } from '../../../api/call-forms.ts'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { StatusBadge } from '../../../ui/status.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { standingLook } from '../alert-looks.ts'
import type { Rule } from '../use-rules.ts'
import { ConditionFields } from './condition-fields.tsx'
import { type DraftFaults, fieldOfPath, type RuleDraft, readDraft } from './rule-draft.ts'
import { RulePreview } from './rule-preview.tsx'
import { ScopeFields } from './scope-fields.tsx'
import { TellingFields } from './telling-fields.tsx'
import { useRemoveRule, useRuleRefusal, useSetRule } from './use-rule-acts.ts'

/** What is written at the left, what it would have done at the right. */
export function RuleEditor(props: { start: RuleDraft; rule?: Rule }) {
  const { rule, start } = props
  const [draft, setDraft] = useState(start)
  // The version that was looked at: what somebody else saves meanwhile is not overwritten.
  const [seen, setSeen] = useState(rule?.rowVersion)
  const [saved, setSaved] = useState(start)
  const [touched, setTouched] = useState<ReadonlySet<keyof RuleDraft>>(new Set())
  const navigate = useNavigate()
  const refusal = useRuleRefusal()
  const { set, isPending, error } = useSetRule()
  const read = readDraft(draft)
  const wanted = 'rule' in read ? read.rule : undefined
  const faults = 'faults' in read ? read.faults : {}
  const refused = error ? faultOf(error) : undefined
  const shown: DraftFaults = Object.fromEntries(
    Object.entries(faults).filter(([field]) => touched.has(field as keyof RuleDraft)),
  )
  if (refused?.field) shown[fieldOfPath(refused.field)] ??= refused.message
  const change = (over: Partial<RuleDraft>) => {
    setDraft((now) => ({ ...now, ...over }))
    setTouched((now) => new Set([...now, ...(Object.keys(over) as (keyof RuleDraft)[])]))
  }
  const isUnchanged = rule !== undefined && JSON.stringify(draft) === JSON.stringify(saved)
  const input = wanted && { ...wanted, ...(rule && seen ? { ruleId: rule.id, ifVersion: seen } : {}) }
  const save = () =>
    input &&
    set(input).then(
      ({ ruleId, rowVersion }) => {
        toastDone(rule ? 'Rule saved: what fires is judged by it now' : 'Rule made')
        setSaved(draft)
        setSeen(rowVersion)
        if (!rule)
          void navigate({ to: '/alerts/rules/$id', params: { id: ruleId }, search: {}, replace: true })
      },
      () => {},
    )
  const missing = Object.values(faults)[0]

  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <form
        className="min-h-0 min-w-0 flex-1 max-lg:flex-none lg:overflow-y-auto"
        onSubmit={(event) => {
          event.preventDefault()
          if (!refusal && !isUnchanged) void save()
        }}
      >
        {rule && <RuleHead rule={rule} refusal={refusal} />}
        <fieldset
          disabled={Boolean(refusal)}
          className="gutter grid max-w-200 min-w-0 grid-cols-[minmax(0,1fr)] gap-5 py-4"
        >
          <ConditionFields draft={draft} faults={shown} onChange={change} />
          <ScopeFields draft={draft} faults={shown} onChange={change} />
          <TellingFields draft={draft} faults={shown} onChange={change} />
          {refused && !refused.field && <FormFault fault={refused} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button
              type="submit"
              variant="primary"
              busy={isPending}
              disabledReason={refusal ?? missing ?? (isUnchanged ? 'Nothing is changed.' : undefined)}
            >
              {rule ? 'Save rule' : 'Make rule'}
            </Button>
            {rule && (
              <span className="text-12 text-ink-3">
                {rule.changedByName ? `Changed by ${rule.changedByName}, ` : 'As it came, '}
                <TimeStamp at={rule.changedAt} form="relative" />
              </span>
            )}
          </div>
          {input && (
            <CopyAs
              forms={callForms(
                { path: 'rules.set', kind: 'mutation', input },
                location.origin,
                location.href,
              )}
            />
          )}
        </fieldset>
      </form>
      <RulePreview wanted={wanted} missing={missing} />
    </div>
  )
}

/** How the rule stands, and what else can be done with it. */
function RuleHead(props: { rule: Rule; refusal: string | undefined }) {
  const { rule, refusal } = props
  const [asking, setAsking] = useState(false)
  const { remove, isPending } = useRemoveRule()
  const navigate = useNavigate()
  const builtin = rule.builtin ? 'It is built in: turn it off instead, or change it.' : undefined
  const gone = () => void navigate({ to: '/alerts', search: { tab: 'rules' } })
  return (
    <div className="gutter flex min-h-12 flex-wrap items-center gap-2 border-b border-line py-2">
      <StatusBadge look={standingLook[rule.standing]} />
      {rule.builtin && <Tag>built-in</Tag>}
      <span className="min-w-0 flex-1 text-12 text-ink-3">
        {rule.fault ??
          (rule.evaluatedAt ? (
            <>
              evaluated <TimeStamp at={rule.evaluatedAt} form="relative" />
            </>
          ) : (
            'not evaluated yet'
          ))}
      </span>
      <ButtonLink to="/alerts/rules/$id" params={{ id: 'new' }} search={{ from: rule.id }} icon={Copy}>
        Duplicate
      </ButtonLink>
      <Button icon={Trash2} disabledReason={builtin ?? refusal} onClick={() => setAsking(true)}>
        Remove…
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Remove the rule"
        act="Remove the rule"
        keep="Keep it"
        danger
        busy={isPending}
        onAct={() =>
          void remove({ ruleId: rule.id, ifVersion: rule.rowVersion }).then(gone, () => setAsking(false))
        }
      >
        {rule.firing > 0
          ? `It fires for ${rule.firing} now: that is over at once, and nobody is called for it any more.`
          : 'Nobody is told of this any more. The incidents that it made stay in the history.'}
      </ConfirmDialog>
    </div>
  )
}
