import { channelKinds } from '@tenantry/contracts'
import { Send, X } from 'lucide-react'
import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FactList } from '../../ui/facts.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextLink } from '../../ui/link.tsx'
import { SidePanel, SideSection } from '../../ui/side-panel.tsx'
import { StatusBadge } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { configFields } from './channel-draft.ts'
import { channelLook } from './channel-words.ts'
import {
  type Channel,
  type Tested,
  useRemoveChannel,
  useSwitchChannel,
  useTestChannel,
} from './use-channels.ts'

/** One channel: how it stands, what a test of it answers, and what can be changed. */
export function ChannelPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const [open, setOpen] = useState<'edit' | 'remove'>()
  const mayNot = usePermissionRefusal('channel.write')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? stale
  const turn = useSwitchChannel()
  const { test, isPending, tested, error } = useTestChannel()
  const { remove, isPending: removing, error: kept } = useRemoveChannel()
  const facts = Object.entries(channel.config).map(([name, value]) => ({
    name: configFields[channel.kind].find((field) => field.name === name)?.label ?? 'Address',
    value: <Mono>{Array.isArray(value) ? value.join(', ') || '—' : String(value) || '—'}</Mono>,
  }))
  return (
    <SidePanel label="Channel" width={448}>
      <div className="flex items-start gap-2 border-b border-line px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <StatusBadge look={channelLook(channel)} />
          <h2 className="mt-1 truncate text-16 font-semibold tracking-tight">{channel.name}</h2>
          <p className="text-ink-3">{channelKinds[channel.kind].title}</p>
        </div>
        <IconButton size="sm" icon={X} label="Close the channel" onClick={onClose} />
      </div>
      {channel.fault && (
        <SideSection>
          <Banner tone="failed">
            {channel.fault}
            {channel.failingSince && (
              <>
                , since <TimeStamp at={channel.failingSince} />
              </>
            )}
          </Banner>
        </SideSection>
      )}
      <SideSection title="Test">
        <p className="mb-2 text-ink-2">Sends a real message and shows what comes back.</p>
        <Button
          icon={Send}
          busy={isPending}
          disabledReason={refusal ?? (channel.enabled ? undefined : 'It is out of use.')}
          onClick={() => test({ channelId: channel.id })}
        >
          Send a test
        </Button>
        {error ? (
          <div className="mt-2">
            <FormFault fault={faultOf(error)} />
          </div>
        ) : null}
        {tested && <Outcome tested={tested} />}
      </SideSection>
      <SideSection title="Settings">
        <FactList
          facts={[
            ...facts,
            {
              name: channelKinds[channel.kind].secret,
              value: channel.hasSecret ? 'sealed' : <span className="text-ink-3">none</span>,
            },
            { name: 'Told by', value: channel.policies.join(', ') || 'no escalation' },
            { name: 'On their way', value: channel.queued },
          ]}
        />
        <div className="mt-3 flex flex-wrap gap-2">
          <Button disabledReason={refusal} onClick={() => setOpen('edit')}>
            Edit…
          </Button>
          <Button disabledReason={refusal} onClick={() => turn(channel, !channel.enabled)}>
            {channel.enabled ? 'Take out of use' : 'Take into use'}
          </Button>
          <Button
            variant="ghost"
            disabledReason={
              refusal ??
              (channel.policies.length
                ? `${channel.policies.join(', ')} tells it: take it out there first.`
                : undefined)
            }
            onClick={() => setOpen('remove')}
          >
            Remove…
          </Button>
        </div>
      </SideSection>
      <SideSection>
        <TextLink to="/alerts/deliveries" search={{ channel: channel.id }}>
          What was delivered
        </TextLink>
      </SideSection>
      {open === 'edit' && (
        <ChannelDialog channel={channel} refusal={refusal} onClose={() => setOpen(undefined)} />
      )}
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(wanted) => !wanted && setOpen(undefined)}
        title={`Remove ${channel.name}`}
        act="Remove channel"
        keep="Keep channel"
        danger
        busy={removing}
        disabledReason={refusal}
        onAct={() =>
          void remove({ channelId: channel.id, ifVersion: channel.rowVersion }).then(
            () => {
              toastDone(`${channel.name} removed`)
              onClose()
            },
            () => {},
          )
        }
      >
        <p>Its secret is forgotten. What was delivered through it stays in the list of deliveries.</p>
        {kept ? <FormFault fault={faultOf(kept)} /> : null}
      </ConfirmDialog>
    </SidePanel>
  )
}

/** What came back: the status, how long it took, and the words. */
function Outcome({ tested }: { tested: Tested }) {
  const works = tested.state === 'delivered'
  return (
    <div className="mt-2 grid gap-2" role="status">
      <StatusBadge
        look={works ? { tone: 'ok', word: 'It works' } : { tone: 'failed', word: 'It does not' }}
      />
      <FactList
        facts={[
          { name: 'Answer', value: tested.status ?? 'none' },
          { name: 'Took', value: tested.tookMs === null ? '—' : `${tested.tookMs} ms` },
          ...(tested.fault ? [{ name: 'Why', value: tested.fault }] : []),
        ]}
      />
      {tested.fault && <p className="text-ink-2">{tested.fault}.</p>}
      {tested.answer && <CodeBlock text={tested.answer} label="What it said" />}
    </div>
  )
}
