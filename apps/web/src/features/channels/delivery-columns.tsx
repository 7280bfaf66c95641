import type { Column } from '../../table/column.ts'
import { Status, StatusIcon } from '../../ui/status.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { eventWord, messageLook } from './channel-words.ts'
import type { Message } from './use-channels.ts'

export const deliveryColumns: readonly Column<Message>[] = [
  { id: 'state', header: 'State', width: '110px', cell: (row) => <Status look={messageLook[row.state]} /> },
  { id: 'event', header: 'Says', width: '76px', cell: (row) => eventWord[row.event] },
  {
    id: 'title',
    header: 'Message',
    width: 'minmax(160px, 1fr)',
    phone: true,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="md:hidden">
          <StatusIcon tone={messageLook[row.state].tone} />
        </span>
        <span className="truncate font-medium">{row.title}</span>
      </span>
    ),
  },
  {
    id: 'to',
    header: 'To',
    width: 'minmax(110px, 0.5fr)',
    cell: (row) => (
      <span className="truncate">
        {row.userName ? `${row.userName} by ${row.channelName}` : row.channelName}
      </span>
    ),
  },
  { id: 'attempts', header: 'Attempts', width: '76px', align: 'end', cell: (row) => row.attempts },
  {
    id: 'took',
    header: 'Answer',
    width: '116px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        {row.status ?? '—'}
        {row.tookMs !== null && ` in ${row.tookMs} ms`}
      </span>
    ),
  },
  {
    id: 'at',
    header: 'Written',
    width: '100px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        <TimeStamp at={row.createdAt} form="relative" />
      </span>
    ),
  },
]
