import { channelKinds } from '@tenantry/contracts'
import type { Column } from '../../table/column.ts'
import { Status, StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { channelLook, destinationOf } from './channel-words.ts'
import type { Channel } from './use-channels.ts'

export const channelColumns: readonly Column<Channel>[] = [
  { id: 'state', header: 'State', width: '124px', cell: (row) => <Status look={channelLook(row)} /> },
  {
    id: 'name',
    header: 'Channel',
    width: 'minmax(120px, 0.8fr)',
    phone: true,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="md:hidden">
          <StatusIcon tone={channelLook(row).tone} />
        </span>
        <span className="truncate font-medium">{row.name}</span>
      </span>
    ),
  },
  { id: 'kind', header: 'Kind', width: '110px', phone: true, cell: (row) => channelKinds[row.kind].title },
  {
    id: 'to',
    header: 'Leads to',
    width: 'minmax(140px, 1fr)',
    cell: (row) => <Mono className="truncate text-ink-2">{destinationOf(row)}</Mono>,
  },
  {
    id: 'policies',
    header: 'Told by',
    width: 'minmax(100px, 0.7fr)',
    cell: (row) =>
      row.policies.length ? (
        <span className="truncate">{row.policies.join(', ')}</span>
      ) : (
        <span className="text-ink-3">no escalation</span>
      ),
  },
  {
    id: 'delivered',
    header: 'Last delivered',
    width: '150px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        {row.lastDeliveredAt ? <TimeStamp at={row.lastDeliveredAt} form="relative" /> : 'never'}
      </span>
    ),
  },
]
