import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { channelsRoute } from '../../routes/on-call.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { DataTable } from '../../table/data-table.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { EmptyNothing } from '../../ui/empty.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { TellingTabs } from '../on-call/telling-tabs.tsx'
import { AlertSources } from './alert-sources.tsx'
import { channelColumns } from './channel-columns.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { ChannelPanel } from './channel-panel.tsx'
import { type Channel, useChannelNews, useChannels } from './use-channels.ts'

const rowId = (row: Channel) => row.id
const rowName = (row: Channel) => row.name

/** How people are reached, and whose alerts come in from outside. */
export function ChannelsPage() {
  const search = channelsRoute.useSearch()
  const navigate = channelsRoute.useNavigate()
  const [adding, setAdding] = useState(false)
  const mayNot = usePermissionRefusal('channel.write')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? stale
  useChannelNews()
  const query = useChannels()
  const chosen = query.data?.find(({ id }) => id === search.channel)
  const choose = (channel: string) => void navigate({ search: { channel }, replace: true })
  const open = (row: Channel) => choose(row.id === search.channel ? '' : row.id)
  const add = (
    <Button variant="primary" icon={Plus} disabledReason={refusal} onClick={() => setAdding(true)}>
      Add channel
    </Button>
  )
  return (
    <TellingTabs tab="/alerts/channels">
      <div className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
        <p className="min-w-0 flex-1 text-12 text-ink-3">
          Channels are told by the steps of an escalation. People on call are reached through the oldest
          e-mail channel in use.
        </p>
        {add}
      </div>
      {adding && (
        <ChannelDialog
          refusal={refusal}
          onClose={(id) => {
            setAdding(false)
            if (id) choose(id)
          }}
        />
      )}
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        <div
          className={classNames(
            'flex min-h-0 min-w-0 flex-1 flex-col max-lg:min-h-100',
            chosen && 'max-md:hidden',
          )}
        >
          <PanelBoundary title="Channels">
            <QueryPanel title="Channels" noun="channels" query={query}>
              {(rows) => (
                <DataTable
                  label="Channels"
                  columns={channelColumns}
                  rows={rows}
                  rowId={rowId}
                  rowName={rowName}
                  onOpen={open}
                  onPeek={open}
                  total={rows.length}
                  empty={
                    <EmptyNothing title="Nobody can be reached yet" action={add}>
                      E-mail, Slack, PagerDuty, Opsgenie, an Alertmanager or a signed webhook. Then name it in
                      an escalation.
                    </EmptyNothing>
                  }
                />
              )}
            </QueryPanel>
          </PanelBoundary>
          <PanelBoundary title="Alerts from outside">
            <AlertSources refusal={refusal} />
          </PanelBoundary>
        </div>
        {chosen && <ChannelPanel key={chosen.id} channel={chosen} onClose={() => choose('')} />}
      </div>
    </TellingTabs>
  )
}
