import { type AuditAction, type AuditOutcome, auditActions, auditOutcomes } from '@tenantry/contracts'
import { FilterX, ShieldCheck, Terminal } from 'lucide-react'
import { useMemo, useState } from 'react'
import { callForms } from '../../api/call-forms.ts'
import { auditRanges, auditRoute } from '../../routes/audit.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { useOfferActions } from '../../shell/palette-actions.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Chip } from '../../ui/chip.tsx'
import { CopyAs } from '../../ui/copy-as.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyFiltered, EmptyForbidden, EmptyNothing } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { FilterBar } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { auditLook } from '../../ui/state-tones.ts'
import { useNow } from '../../ui/time.tsx'
import { auditListingOf } from './audit-filter.ts'
import { AuditList } from './audit-list.tsx'
import { ChainVerdict, VerifyButton } from './chain-proof.tsx'
import { useAudit } from './use-audit.ts'
import { useVerifyAudit } from './use-verify-audit.ts'

const actionOptions = [
  { value: 'all', label: 'Every action' },
  ...auditActions.map((action) => ({ value: action, label: action })),
]
const outcomeOptions = [
  { value: 'all', label: 'Every outcome' },
  ...auditOutcomes.map((outcome) => ({ value: outcome, label: auditLook[outcome].word })),
]
const rangeWords: Record<(typeof auditRanges)[number], string> = {
  all: 'All',
  '1h': '1 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
}
const rangeOptions = auditRanges.map((value) => ({ value, label: rangeWords[value] }))
const noFilter = {
  q: '',
  actor: '',
  target: '',
  operation: '',
  request: '',
  action: [],
  outcome: [],
  range: 'all',
  entry: '',
} as const

/** Who did what to what, and the proof that nobody changed the record. */
export function AuditPage() {
  const refusal = usePermissionRefusal('audit.read')
  return (
    <>
      <PageTitle title="Audit" />
      {refusal ? <EmptyForbidden noun="the audit log" permission="audit.read" /> : <AuditLog />}
    </>
  )
}

function AuditLog() {
  const search = auditRoute.useSearch()
  const navigate = auditRoute.useNavigate()
  const [copying, setCopying] = useState(false)
  const minute = Math.floor(useNow(search.range === 'all' ? 0 : 60_000) / 60_000) * 60_000
  const listing = useMemo(() => auditListingOf(search, minute), [search, minute])
  const audit = useAudit(listing)
  const verification = useVerifyAudit()
  const filters = Object.keys(listing).length
  const change = (over: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...over }), replace: true })
  const clear = () => change({ ...noFilter, action: [], outcome: [] })
  const actorName = audit.rows.find(({ actorId }) => actorId === search.actor)?.actorName ?? search.actor
  const targetName =
    audit.rows.find(({ targetId }) => targetId === search.target)?.tenantSlug ?? search.target

  useOfferActions([
    { id: 'verify', label: 'Verify the audit chain', icon: ShieldCheck, run: verification.verify },
    ...(filters > 0 ? [{ id: 'clear', label: 'Clear the filter', icon: FilterX, run: clear }] : []),
  ])

  return (
    <>
      <PageTitle title="Audit" count={audit.total === undefined ? undefined : formatCount(audit.total)} />
      <FilterBar>
        <SearchField
          label="Search the audit log"
          placeholder="A name, a target, an action or an address"
          value={search.q}
          onChange={(q) => change({ q })}
          end={filters > 0 && audit.total !== undefined ? `${formatCount(audit.total)} match` : undefined}
          chips={
            <>
              {search.actor && <Chip name="who" value={actorName} onRemove={() => change({ actor: '' })} />}
              {search.target && (
                <Chip name="target" value={targetName} onRemove={() => change({ target: '' })} />
              )}
              {search.operation && (
                <Chip name="operation" value={search.operation} onRemove={() => change({ operation: '' })} />
              )}
              {search.request && (
                <Chip name="request" value={search.request} onRemove={() => change({ request: '' })} />
              )}
            </>
          }
        />
        <Select
          label="Action"
          className="w-40!"
          value={search.action.length === 1 ? (search.action[0] ?? 'all') : 'all'}
          onChange={(action) => change({ action: action === 'all' ? [] : [action as AuditAction] })}
          options={actionOptions}
        />
        <Select
          label="Outcome"
          className="w-36!"
          value={search.outcome.length === 1 ? (search.outcome[0] ?? 'all') : 'all'}
          onChange={(outcome) => change({ outcome: outcome === 'all' ? [] : [outcome as AuditOutcome] })}
          options={outcomeOptions}
        />
        <Segments
          label="How far back"
          value={search.range}
          onChange={(range) => change({ range })}
          options={rangeOptions}
        />
        <IconButton
          bordered
          icon={Terminal}
          label="Copy this list as a call"
          className="max-md:hidden"
          onClick={() => setCopying(true)}
        />
        <VerifyButton verification={verification} />
      </FilterBar>
      <Dialog open={copying} onOpenChange={setCopying} title="This list elsewhere" width={560}>
        <CopyAs
          forms={callForms(
            { path: 'audit.list', kind: 'query', input: listing },
            location.origin,
            location.href,
          )}
        />
        <div className="h-2" />
      </Dialog>
      <ChainVerdict verification={verification} />
      <AuditList
        audit={audit}
        entry={search.entry}
        onEntry={(entry) => change({ entry })}
        filters={{
          actor: (actor) => change({ actor }),
          target: (target) => change({ target }),
          request: (request) => change({ request }),
        }}
        empty={
          filters > 0 ? (
            <EmptyFiltered filters={filters} onClear={clear} />
          ) : (
            <EmptyNothing title="Nothing is recorded yet">
              Every change, and every attempt that was refused, appears here with who, when and from where.
            </EmptyNothing>
          )
        }
      />
    </>
  )
}
