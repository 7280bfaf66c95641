import { BellOff, Check, ChevronDown, StickyNote, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Button, type ButtonSize } from '../../../ui/button.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { draftForIncident, type SilenceDraft } from '../silences/silence-draft.ts'
import { useSilenceRefusal } from '../silences/use-silences.ts'
import type { IncidentDetail } from '../use-alerts.ts'
import { useRespondRefusal, useTakeIncident } from '../use-incident-acts.ts'
import { NoteDialog } from './note-dialog.tsx'

const lengths = [
  { seconds: 900, label: '15 min' },
  { seconds: 3600, label: '1 h' },
  { seconds: 14_400, label: '4 h' },
  { seconds: 86_400, label: '24 h' },
]

/** Take it, give it back, silence it, write down what was done. `large`: for thumbs. */
export function IncidentActs(props: {
  incident: IncidentDetail
  onSilence: (draft: SilenceDraft) => void
  large?: boolean
}) {
  const { incident, large } = props
  const size: ButtonSize = large ? 'lg' : 'md'
  const refusal = useRespondRefusal()
  const silenceRefusal = useSilenceRefusal()
  const { acknowledge, release } = useTakeIncident()
  const [noting, setNoting] = useState(false)
  const isOver = incident.state === 'resolved'
  const over = isOver ? 'It is over.' : undefined
  const grow = large ? 'flex-1' : undefined
  return (
    <>
      {incident.state === 'acknowledged' ? (
        <Button
          size={size}
          icon={Undo2}
          disabledReason={refusal}
          className={classNames(large && 'w-full')}
          onClick={() => release(incident.id)}
        >
          Give back
        </Button>
      ) : (
        <span className={classNames('inline-flex', large && 'w-full gap-2')}>
          <Button
            size={size}
            variant="primary"
            icon={Check}
            disabledReason={over ?? refusal}
            className={classNames(large ? 'flex-1' : 'rounded-r-none')}
            onClick={() => acknowledge(incident.id)}
          >
            Acknowledge
          </Button>
          <Menu
            trigger={
              <IconButton
                bordered
                icon={ChevronDown}
                label="Acknowledge for another time than an hour"
                disabledReason={over ?? refusal}
                className={large ? 'size-12!' : 'rounded-l-none border-l-0'}
              />
            }
          >
            {lengths.map(({ seconds, label }) => (
              <MenuItem
                key={seconds}
                onSelect={() => acknowledge(incident.id, seconds)}
                {...((over ?? refusal) ? { disabledReason: over ?? refusal } : {})}
              >
                For {label}
              </MenuItem>
            ))}
          </Menu>
        </span>
      )}
      <Button
        size={size}
        icon={BellOff}
        disabledReason={over ?? silenceRefusal}
        className={classNames(grow)}
        onClick={() => props.onSilence(draftForIncident(incident))}
      >
        Silence…
      </Button>
      <Button
        size={size}
        icon={StickyNote}
        disabledReason={refusal}
        className={classNames(grow)}
        onClick={() => setNoting(true)}
      >
        Note…
      </Button>
      {noting && <NoteDialog incidentId={incident.id} onClose={() => setNoting(false)} />}
    </>
  )
}
