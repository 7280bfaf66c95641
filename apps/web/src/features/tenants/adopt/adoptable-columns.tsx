import { type AdoptableSchema, whyNotAdopted } from '@tenantry/contracts'
import type { Column } from '../../../table/column.ts'
import { formatBytes, formatCount } from '../../../ui/number-format.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'

function Way({ row }: { row: AdoptableSchema }) {
  const refusal = whyNotAdopted(row)
  const notes = row.obstacles.length
  const words =
    refusal ??
    (notes ? `Can be adopted; ${notes} ${notes === 1 ? 'thing' : 'things'} to know` : 'Can be adopted')
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={refusal}>
      <StatusIcon tone={refusal ? 'failed' : notes ? 'warn' : 'ok'} />
      <span className="truncate text-ink-2">{words}</span>
    </span>
  )
}

const number = (
  id: 'tables' | 'views' | 'functions' | 'sessions',
  header: string,
): Column<AdoptableSchema> => ({
  id,
  header,
  width: '82px',
  align: 'end',
  cell: (row) => <span className="num">{formatCount(row[id])}</span>,
})

/** The schemas that were made by hand, and whether they can be adopted. */
export const adoptableColumns: readonly Column<AdoptableSchema>[] = [
  {
    id: 'schema',
    header: 'Schema',
    width: 'minmax(150px, 1fr)',
    phone: true,
    cell: (row) => <Mono className="truncate font-medium">{row.schema}</Mono>,
  },
  {
    id: 'owner',
    header: 'Owner',
    width: 'minmax(110px, 0.6fr)',
    cell: (row) => <Mono className="truncate text-ink-2">{row.owner}</Mono>,
  },
  number('tables', 'Tables'),
  number('views', 'Views'),
  number('functions', 'Functions'),
  {
    id: 'bytes',
    header: 'About',
    width: '90px',
    align: 'end',
    cell: (row) => {
      const { value, unit } = formatBytes(row.bytes)
      return (
        <span className="num">
          {value} <span className="text-ink-3">{unit}</span>
        </span>
      )
    },
  },
  number('sessions', 'Sessions'),
  {
    id: 'way',
    header: 'In the way',
    width: 'minmax(200px, 1.6fr)',
    phone: true,
    cell: (row) => <Way row={row} />,
  },
]
