import { noteIncidentInput } from '@tenantry/contracts'
import { useRef, useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { useNoteIncident } from '../use-incident-acts.ts'

/** Writes down what was seen or done, into the timeline. */
export function NoteDialog(props: { incidentId: string; onClose: () => void }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const { note, isPending, error } = useNoteIncident()
  const read = noteIncidentInput.safeParse({ incidentId: props.incidentId, text })
  const save = () => read.success && note(read.data).then(props.onClose, () => {})
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Note what was done"
      description="It stands in the timeline with your name, for whoever comes next."
      initialFocus={field}
      footer={
        <>
          <Button onClick={props.onClose}>Leave it</Button>
          <Button
            variant="primary"
            busy={isPending}
            disabledReason={read.success ? undefined : read.error.issues[0]?.message}
            onClick={() => void save()}
          >
            Save note
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <TextArea
          ref={field}
          label="Note"
          rows={4}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && void save()}
        />
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
