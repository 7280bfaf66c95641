import { headline, replayRefusal } from '@tenantry/contracts'
import { RotateCw, X } from 'lucide-react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SidePanel, SideSection } from '../../ui/side-panel.tsx'
import { StatusBadge } from '../../ui/status.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { messageLook } from './channel-words.ts'
import { type MessageDetail, useMessage, useReplay } from './use-channels.ts'

/** One message beside the list: what it says, every attempt, and the way to send it once more. */
export function DeliveryPanel(props: { id: string; onClose: () => void }) {
  const query = useMessage(props.id)
  return (
    <SidePanel label="Message" width={448}>
      <PanelBoundary key={props.id} title="The message">
        <QueryPanel title="The message" noun="this message" query={query}>
          {(message) => <Body message={message} onClose={props.onClose} />}
        </QueryPanel>
      </PanelBoundary>
    </SidePanel>
  )
}

function Body({ message: row, onClose }: { message: MessageDetail; onClose: () => void }) {
  const mayNot = usePermissionRefusal('channel.write')
  const stale = useStaleRefusal()
  const { replay, isPending } = useReplay()
  return (
    <>
      <div className="flex items-start gap-2 border-b border-line px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <StatusBadge look={messageLook[row.state]} />
          <h2 className="mt-1 text-16 font-semibold tracking-tight">{headline(row.message)}</h2>
          <p className="text-ink-3">
            To {row.userName ? `${row.userName} by ${row.channelName}` : row.channelName}
          </p>
        </div>
        <IconButton size="sm" icon={X} label="Close the message" onClick={onClose} />
      </div>
      <SideSection title="Attempts">
        <ol className="grid gap-2">
          {row.deliveries.map((one) => (
            <li key={one.attempt} className="grid gap-1">
              <p className="num flex gap-2">
                <span className="text-ink-3">{one.attempt}</span>
                <TimeStamp at={one.startedAt} />
                <span className="ml-auto text-ink-3">
                  {one.status ?? 'no answer'}
                  {one.tookMs !== null && `, ${one.tookMs} ms`}
                </span>
              </p>
              {one.fault && <p className="text-ink-2">{one.fault}.</p>}
              {one.answer && <CodeBlock text={one.answer} label={`Answer ${one.attempt}`} />}
            </li>
          ))}
        </ol>
        {row.deliveries.length === 0 && <p className="text-ink-3">None was made.</p>}
        {row.state === 'queued' && (
          <p className="mt-2 text-12 text-ink-3">
            The next at <TimeStamp at={row.dueAt} />
          </p>
        )}
        <div className="mt-3">
          <Button
            icon={RotateCw}
            busy={isPending}
            disabledReason={mayNot ?? stale ?? replayRefusal(row.state, row.channelEnabled)}
            onClick={() => replay({ notificationId: row.id })}
          >
            Send once more
          </Button>
        </div>
      </SideSection>
      <SideSection title="What it says">
        <CodeBlock text={JSON.stringify(row.message, null, 2)} label="The message as it was written" />
      </SideSection>
    </>
  )
}
