import { notificationStates } from '@tenantry/contracts'
import { useMemo } from 'react'
import { deliveriesRoute } from '../../routes/on-call.ts'
import { DataTable } from '../../table/data-table.tsx'
import { classNames } from '../../ui/class-names.ts'
import { EmptyFiltered, EmptyNothing } from '../../ui/empty.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { FilterBar } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { TellingTabs } from '../on-call/telling-tabs.tsx'
import { messageLook } from './channel-words.ts'
import { deliveryColumns } from './delivery-columns.tsx'
import { DeliveryPanel } from './delivery-panel.tsx'
import {
  type Message,
  type MessageListing,
  useChannelNews,
  useChannels,
  useMessages,
} from './use-channels.ts'

const rowId = (row: Message) => row.id
const rowName = (row: Message) => row.title

/** Every message that was decided on, with what became of it. */
export function DeliveriesPage() {
  const search = deliveriesRoute.useSearch()
  const navigate = deliveriesRoute.useNavigate()
  useChannelNews()
  const listing = useMemo<MessageListing>(
    () => ({
      ...(search.state.length ? { states: search.state } : {}),
      ...(search.channel ? { channelId: search.channel } : {}),
    }),
    [search.state, search.channel],
  )
  const { query, rows, first, hasMore, loadMore } = useMessages(listing)
  const channels = useChannels().data ?? []
  const change = (over: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...over }), replace: true })
  const open = (row: Message) => change({ message: row.id === search.message ? '' : row.id })
  const filters = Object.keys(listing).length
  return (
    <TellingTabs tab="/alerts/deliveries">
      <FilterBar>
        <Segments
          label="State"
          value={search.state[0] ?? 'all'}
          onChange={(state) => change({ state: state === 'all' ? [] : [state] })}
          options={[
            { value: 'all' as const, label: 'All' },
            ...notificationStates.map((state) => ({
              value: state,
              label: `${messageLook[state].word} ${formatCount(first?.byState[state] ?? 0)}`,
            })),
          ]}
        />
        <span className="ml-auto" />
        <Select
          label="Channel"
          className="w-44!"
          value={search.channel || 'all'}
          onChange={(channel) => change({ channel: channel === 'all' ? '' : channel })}
          options={[
            { value: 'all', label: 'Every channel' },
            ...channels.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </FilterBar>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div
          className={classNames(
            'flex min-h-0 min-w-0 flex-1 flex-col max-lg:min-h-60',
            search.message && 'max-md:hidden',
          )}
        >
          <PanelBoundary title="Deliveries">
            <QueryPanel title="Deliveries" noun="deliveries" query={query}>
              {(data) => (
                <DataTable
                  label="Deliveries"
                  columns={deliveryColumns}
                  rows={rows}
                  rowId={rowId}
                  rowName={rowName}
                  onOpen={open}
                  onPeek={open}
                  total={data.pages[0]?.total ?? 0}
                  hasMore={hasMore}
                  loadMore={loadMore}
                  empty={
                    filters ? (
                      <EmptyFiltered filters={filters} onClear={() => change({ state: [], channel: '' })} />
                    ) : (
                      <EmptyNothing title="Nothing was sent yet">
                        Every message stands here with each attempt and its answer, from the moment that it
                        was decided on.
                      </EmptyNothing>
                    )
                  }
                />
              )}
            </QueryPanel>
          </PanelBoundary>
        </div>
        {search.message && <DeliveryPanel id={search.message} onClose={() => change({ message: '' })} />}
      </div>
    </TellingTabs>
  )
}
