import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { CodeBox } from '../../ui/code.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/facts.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextLink } from '../../ui/link.tsx'
import { SidePanel, SideSection } from '../../ui/side-panel.tsx'
import { auditLook } from '../../ui/state-tones.ts'
import { StatusBadge } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { targetName } from './audit-columns.tsx'
import { diffValues } from './diff-values.ts'
import type { AuditEntry } from './use-audit.ts'

/** How the entry narrows the list; left out where the list is of one thing already. */
export interface EntryFilters {
  readonly actor: (id: string) => void
  readonly target: (id: string) => void
  readonly request: (id: string) => void
}

function Narrow(props: { onPress: (() => void) | undefined; children: ReactNode; label: string }) {
  if (!props.onPress) return props.children
  return (
    <button
      type="button"
      className="link max-w-full cursor-default truncate align-bottom"
      aria-label={props.label}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}

/** One entry: who, what, to what, from where, what it changed, and its place in the chain. */
export function AuditEntryPanel(props: { entry: AuditEntry; onClose: () => void; filters?: EntryFilters }) {
  const { entry, filters } = props
  const name = targetName(entry)
  const { targetId, requestId } = entry
  const facts = [
    {
      name: 'Who',
      value: (
        <Narrow
          label={`Everything by ${entry.actorName}`}
          onPress={filters && (() => filters.actor(entry.actorId))}
        >
          {entry.actorName}
        </Narrow>
      ),
    },
    ...(name
      ? [
          {
            name: entry.targetKind && entry.targetKind !== name ? `Target, a ${entry.targetKind}` : 'Target',
            value: (
              <Narrow
                label={`Everything about ${name}`}
                onPress={filters && targetId ? () => filters.target(targetId) : undefined}
              >
                <Mono>{name}</Mono>
              </Narrow>
            ),
          },
        ]
      : []),
    { name: 'When', value: <TimeStamp at={entry.at} withZone /> },
    { name: 'From', value: entry.address ? <Mono>{entry.address}</Mono> : 'the system itself' },
    ...(entry.attempt === null ? [] : [{ name: 'Attempt', value: entry.attempt }]),
    ...(entry.errorCode ? [{ name: 'Refused with', value: <Mono>{entry.errorCode}</Mono> }] : []),
  ]
  return (
    <SidePanel label="Audit entry" width={372}>
      <div className="flex items-start gap-2 border-b border-line px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <StatusBadge look={auditLook[entry.outcome]} />
          <h2 className="mono mt-1 truncate text-14! font-semibold">{entry.action}</h2>
        </div>
        <IconButton size="sm" icon={X} label="Close the entry" onClick={props.onClose} />
      </div>
      <SideSection>
        <FactList facts={facts} />
      </SideSection>
      <Changes entry={entry} />
      {(entry.operationId || entry.tenantSlug || requestId) && (
        <SideSection title="Belongs to">
          <ul className="grid gap-1">
            {entry.tenantSlug && (
              <li>
                <TextLink to="/tenants/$slug" params={{ slug: entry.tenantSlug }}>
                  Tenant <Mono>{entry.tenantSlug}</Mono>
                </TextLink>
              </li>
            )}
            {entry.operationId && (
              <li className="truncate">
                <TextLink to="/operations/$id" params={{ id: entry.operationId }}>
                  Operation <Mono>{entry.operationId}</Mono>
                </TextLink>
              </li>
            )}
            {requestId && (
              <li className="flex items-center gap-1">
                <Narrow
                  label="Everything of this request"
                  onPress={filters && (() => filters.request(requestId))}
                >
                  <span>
                    Request <Mono>{requestId}</Mono>
                  </span>
                </Narrow>
                <CopyButton text={requestId} label="Copy the request id" className="size-5!" />
              </li>
            )}
          </ul>
        </SideSection>
      )}
      <SideSection title="In the chain">
        <FactList
          facts={[
            { name: 'Chain', value: <Mono>{entry.chain}</Mono> },
            { name: 'Entry', value: entry.seq },
          ]}
        />
        <div className="mt-2">
          <CodeBox name="sha256" text={entry.hash} />
        </div>
      </SideSection>
    </SidePanel>
  )
}

function Value(props: { text: string | undefined; gone?: boolean }) {
  if (props.text === undefined) return <span className="text-ink-3">nothing</span>
  return (
    <span className={props.gone ? 'line-through decoration-ink-3' : undefined}>{props.text || '""'}</span>
  )
}

function Changes({ entry }: { entry: AuditEntry }) {
  const changes = diffValues(entry.before, entry.after)
  if (changes.length === 0) return null
  const isEdit = entry.before !== null
  return (
    <SideSection title={isEdit ? 'What changed' : 'With'}>
      <table className="mono w-full table-fixed border-collapse text-left leading-4.5">
        {isEdit && (
          <thead>
            <tr className="font-sans text-12 text-ink-3">
              <th className="w-32 py-0.5 font-normal">Field</th>
              <th className="py-0.5 font-normal">Before</th>
              <th className="py-0.5 font-normal">After</th>
            </tr>
          </thead>
        )}
        <tbody>
          {changes.map((change) => (
            <tr key={change.field} className="border-t border-line align-top first:border-t-0">
              <th className="w-32 py-1 pr-3 font-normal break-words text-ink-3">{change.field}</th>
              {isEdit && (
                <td className="py-1 pr-3 break-words text-ink-2">
                  <Value text={change.before} gone={change.isChanged} />
                </td>
              )}
              <td className="py-1 font-medium break-words">
                <Value text={change.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideSection>
  )
}
