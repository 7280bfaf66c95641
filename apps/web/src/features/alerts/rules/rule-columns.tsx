import type { Column } from '../../../table/column.ts'
import { formatCount } from '../../../ui/number-format.ts'
import { Status, StatusIcon } from '../../../ui/status.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { severityLook, standingLook } from '../alert-looks.ts'
import { conditionSentence } from '../alert-words.ts'
import type { Rule } from '../use-rules.ts'
import { RuleSwitch } from './rule-switch.tsx'

export const ruleColumns: readonly Column<Rule>[] = [
  {
    id: 'standing',
    header: 'Now',
    width: '150px',
    cell: (row) => (
      <Status look={standingLook[row.standing]}>
        {standingLook[row.standing].word}
        {row.firing > 0 && <span className="num text-ink-3"> {formatCount(row.firing)}</span>}
      </Status>
    ),
  },
  {
    id: 'name',
    header: 'Rule',
    width: 'minmax(180px, 1fr)',
    phone: true,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2 max-md:flex-wrap max-md:gap-y-0">
        <span className="md:hidden">
          <StatusIcon tone={standingLook[row.standing].tone} />
        </span>
        <span className="truncate font-medium">{row.name}</span>
        {row.builtin && <Tag>built-in</Tag>}
        <span className="w-full truncate text-12 text-ink-3 md:hidden">
          {conditionSentence(row.condition)}
        </span>
      </span>
    ),
  },
  {
    id: 'condition',
    header: 'Fires when',
    width: 'minmax(200px, 1.3fr)',
    cell: (row) => (
      <span className="truncate text-ink-2" title={row.fault ?? conditionSentence(row.condition)}>
        {row.standing === 'fault' ? row.fault : conditionSentence(row.condition)}
      </span>
    ),
  },
  {
    id: 'severity',
    header: 'Severity',
    width: '96px',
    cell: (row) => <Status look={severityLook[row.severity]} />,
  },
  {
    id: 'last',
    header: 'Fired last',
    width: '110px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        {row.lastFiredAt ? <TimeStamp at={row.lastFiredAt} form="relative" /> : 'never'}
      </span>
    ),
  },
  { id: 'on', header: 'On', width: '52px', align: 'end', cell: (row) => <RuleSwitch rule={row} /> },
]
