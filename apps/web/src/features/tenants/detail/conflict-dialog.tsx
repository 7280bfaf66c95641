import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import type { EditConflict } from '../rebase-edit.ts'
import type { useAnnotateTenant } from '../use-annotate-tenant.ts'

const nouns: Record<EditConflict['field'], string> = {
  displayName: 'Display name',
  labels: 'Labels',
  notes: 'Notes',
}

function words(value: EditConflict['yours']): string {
  if (typeof value === 'string') return value || 'nothing'
  return (
    Object.entries(value)
      .map(([key, one]) => `${key}=${one}`)
      .join(', ') || 'none'
  )
}

/** Two people changed the same: theirs, yours and what was there, and who decides is the reader. */
export function ConflictDialog(props: { annotation: ReturnType<typeof useAnnotateTenant> }) {
  const { conflict, keepTheirs, saveMine } = props.annotation
  return (
    <Dialog
      open={conflict !== undefined}
      onOpenChange={(open) => !open && keepTheirs()}
      title="Somebody else changed this meanwhile"
      description="Nothing of yours is saved yet."
      footer={
        <>
          <Button onClick={keepTheirs}>Keep theirs</Button>
          <Button variant="primary" onClick={saveMine}>
            Save mine over it
          </Button>
        </>
      }
    >
      {conflict?.map(({ field, base, yours, theirs }) => (
        <dl key={field} className="mb-2 grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1">
          <dt className="col-span-2 font-medium">{nouns[field]}</dt>
          <dt className="text-ink-3">Was</dt>
          <dd className="break-words whitespace-pre-wrap text-ink-2">{words(base)}</dd>
          <dt className="text-ink-3">Theirs</dt>
          <dd className="break-words whitespace-pre-wrap">{words(theirs)}</dd>
          <dt className="text-ink-3">Yours</dt>
          <dd className="break-words whitespace-pre-wrap">{words(yours)}</dd>
        </dl>
      ))}
    </Dialog>
  )
}
