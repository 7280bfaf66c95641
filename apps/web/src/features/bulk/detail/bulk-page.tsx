import type { BulkOutcome } from '@tenantry/contracts'
import { faultOf } from '../../../api/fault.ts'
import { bulkRoute } from '../../../routes/bulk.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { DataTable } from '../../../table/data-table.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { EmptyFiltered } from '../../../ui/empty.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { bulkOutcomeLook } from '../../../ui/state-tones.ts'
import { Mono } from '../../../ui/tag.tsx'
import { outcomeOrder } from '../bulk-words.ts'
import { type Bulk, useBulk } from '../use-bulk.ts'
import { type BulkItem, useBulkItems } from '../use-bulk-items.ts'
import { BulkHeader } from './bulk-header.tsx'
import { FailureGroups } from './failure-groups.tsx'
import { itemColumns } from './item-columns.tsx'

const parent = { label: 'Bulk operations', to: '/bulks' } as const
const rowId = (row: BulkItem) => String(row.ordinal)
const rowName = (row: BulkItem) => row.slug ?? String(row.ordinal)

/** One bulk operation, while it happens and ever after. */
export function BulkPage() {
  const { id } = bulkRoute.useParams()
  const query = useBulk(id)
  const isUnknown = ['not_found', 'invalid_input'].includes(query.error ? faultOf(query.error).code : '')
  return (
    <>
      <PageTitle title={id} mono parent={parent} />
      {isUnknown && !query.data ? (
        <div className="m-5 max-w-160">
          <h2 className="text-20 font-semibold tracking-[-0.02em]">There is no such bulk operation</h2>
          <p className="mt-1 mb-3 text-ink-2">
            <Mono>{id}</Mono> is the id of none here.
          </p>
          <ButtonLink to="/bulks">Go to the bulk operations</ButtonLink>
        </div>
      ) : (
        <PanelBoundary title="The bulk operation">
          <QueryPanel title="The bulk operation" noun="bulk operations" query={query}>
            {(bulk) => <BulkBody bulk={bulk} />}
          </QueryPanel>
        </PanelBoundary>
      )}
    </>
  )
}

function BulkBody({ bulk }: { bulk: Bulk }) {
  const { outcome, group } = bulkRoute.useSearch()
  const navigate = bulkRoute.useNavigate()
  const change = (over: { outcome?: BulkOutcome[]; group?: string }) =>
    void navigate({ search: { outcome: [], group: '', ...over }, replace: true, resetScroll: false })
  // Its beginning is enough to tell it from the others, and short enough for an address.
  const chosen = bulk.failures.find((failure) => group && failure.group.startsWith(group))?.group ?? ''
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <BulkHeader bulk={bulk} />
      <FailureGroups bulk={bulk} chosen={chosen} onChoose={(next) => change({ group: next.slice(0, 200) })} />
      <OutcomeTabs bulk={bulk} chosen={outcome} onChange={(next) => change({ outcome: next })} />
      <div className="flex min-h-80 flex-1 flex-col">
        <PanelBoundary title="The items">
          <Items bulk={bulk} outcomes={outcome} group={chosen} onClear={() => change({})} />
        </PanelBoundary>
      </div>
    </div>
  )
}

function OutcomeTabs(props: {
  bulk: Bulk
  chosen: readonly BulkOutcome[]
  onChange: (outcomes: BulkOutcome[]) => void
}) {
  const { counts, total } = props.bulk
  const item =
    'num inline-flex h-7 shrink-0 cursor-default items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-ink-2 hover:bg-surface-3/60 aria-pressed:bg-surface-3 aria-pressed:font-medium aria-pressed:text-ink max-md:h-11'
  return (
    <div
      role="group"
      aria-label="Items by status"
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b border-line px-3 max-md:h-14"
    >
      <button
        type="button"
        aria-pressed={!props.chosen.length}
        onClick={() => props.onChange([])}
        className={item}
      >
        All <span className="text-12 font-normal text-ink-3">{formatCount(total)}</span>
      </button>
      {outcomeOrder.map((outcome) => (
        <button
          key={outcome}
          type="button"
          aria-pressed={props.chosen.includes(outcome)}
          onClick={() => props.onChange(props.chosen.includes(outcome) ? [] : [outcome])}
          className={classNames(item, counts[outcome] === 0 && 'text-ink-3')}
        >
          {bulkOutcomeLook[outcome].word}
          <span className="text-12 font-normal text-ink-3">{formatCount(counts[outcome])}</span>
        </button>
      ))}
    </div>
  )
}

function Items(props: { bulk: Bulk; outcomes: readonly BulkOutcome[]; group: string; onClear: () => void }) {
  const { bulk, outcomes, group } = props
  const navigate = bulkRoute.useNavigate()
  const { query, rows, hasMore, loadMore } = useBulkItems(bulk.id, outcomes, group || undefined)
  return (
    <QueryPanel title="The items" noun="bulk operations" query={query}>
      {() => (
        <DataTable
          label="Items"
          columns={itemColumns}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          onOpen={(row) =>
            row.operationId && void navigate({ to: '/operations/$id', params: { id: row.operationId } })
          }
          hasMore={hasMore}
          loadMore={loadMore}
          empty={<EmptyFiltered filters={1} onClear={props.onClear} />}
        />
      )}
    </QueryPanel>
  )
}
