import type { Column } from '../../table/column.ts'
import { auditLook } from '../../ui/state-tones.ts'
import { Status, StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import type { AuditEntry } from './use-audit.ts'

/** What it was done to, as people call it. */
export function targetName(row: AuditEntry): string {
  return row.tenantSlug ?? row.targetId ?? ''
}

const at: Column<AuditEntry> = {
  id: 'at',
  header: 'Time',
  width: '180px',
  cell: (row) => <TimeStamp at={row.at} />,
}
const outcome: Column<AuditEntry> = {
  id: 'outcome',
  header: 'Outcome',
  width: '122px',
  cell: (row) => <Status look={auditLook[row.outcome]} />,
}
const action: Column<AuditEntry> = {
  id: 'action',
  header: 'Action',
  width: 'minmax(180px, 0.9fr)',
  phone: true,
  cell: (row) => (
    <span className="flex min-w-0 items-center gap-1.5 max-md:flex-wrap max-md:gap-y-0">
      <span className="md:hidden">
        <StatusIcon tone={auditLook[row.outcome].tone} />
        <span className="sr-only">{auditLook[row.outcome].word}</span>
      </span>
      <Mono className="truncate font-medium">{row.action}</Mono>
      {row.errorCode && <Mono className="truncate text-ink-3">{row.errorCode}</Mono>}
      <span className="w-full truncate pl-5 text-12 text-ink-3 md:hidden">
        {row.actorName}
        {targetName(row) && `, ${targetName(row)}`}
      </span>
    </span>
  ),
}
const target: Column<AuditEntry> = {
  id: 'target',
  header: 'Target',
  width: 'minmax(150px, 1fr)',
  cell: (row) =>
    targetName(row) ? (
      <span className="truncate">
        {row.targetKind && row.targetKind !== targetName(row) && (
          <span className="text-ink-3">{row.targetKind} </span>
        )}
        <Mono>{targetName(row)}</Mono>
      </span>
    ) : (
      <span className="text-ink-3">–</span>
    ),
}
const actor: Column<AuditEntry> = {
  id: 'actor',
  header: 'Who',
  width: 'minmax(120px, 0.5fr)',
  cell: (row) => <span className="truncate">{row.actorName}</span>,
}
const address: Column<AuditEntry> = {
  id: 'address',
  header: 'From',
  width: '120px',
  cell: (row) =>
    row.address ? (
      <Mono className="truncate text-ink-3">{row.address}</Mono>
    ) : (
      <span className="text-ink-3">–</span>
    ),
}
const seq: Column<AuditEntry> = {
  id: 'seq',
  header: 'Entry',
  width: '84px',
  align: 'end',
  cell: (row) => <Mono className="text-ink-3">{row.seq}</Mono>,
}
const when: Column<AuditEntry> = {
  id: 'when',
  header: 'When',
  width: '92px',
  align: 'end',
  phone: true,
  cell: (row) => (
    <span className="text-12 text-ink-3">
      <TimeStamp at={row.at} form="relative" />
    </span>
  ),
}

/** Everything; on a phone, what a narrow row can hold. */
export const auditColumns = [at, outcome, action, target, actor, address, seq] as const
export const phoneAuditColumns = [{ ...action, width: 'minmax(0, 1fr)' }, when] as const
/** Beside an open entry. */
export const narrowAuditColumns = [at, outcome, action, target, actor] as const
