import { useEffect, useRef, useState } from 'react'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { useAnnotateTenant } from '../use-annotate-tenant.ts'
import type { Tenant } from '../use-tenant.ts'
import { ConflictDialog } from './conflict-dialog.tsx'

const most = 4000

/** What people write down about a tenant; mod+Enter saves. */
export function NotesEditor(props: { tenant: Tenant }) {
  const annotation = useAnnotateTenant(props.tenant)
  const { shown, annotate, isSaving } = annotation
  const refusal = usePermissionRefusal('tenant.annotate')
  const [draft, setDraft] = useState<string>()
  const [seen, setSeen] = useState(shown.notes)
  const begin = () => {
    setSeen(shown.notes)
    setDraft(shown.notes)
  }
  const field = useRef<HTMLTextAreaElement>(null)
  const isEditing = draft !== undefined
  useEffect(() => {
    if (isEditing) field.current?.focus()
  }, [isEditing])
  const save = () => {
    setDraft(undefined)
    if (draft !== undefined && draft !== seen) annotate({ notes: draft }, { notes: seen })
  }
  if (draft === undefined) {
    return (
      <div>
        <p className="break-words whitespace-pre-wrap text-ink-2">
          {shown.notes || <span className="text-12 text-ink-3">Nothing is written down.</span>}
        </p>
        <Button size="sm" className="mt-2" disabledReason={refusal} onClick={begin}>
          {shown.notes ? 'Edit notes' : 'Write notes'}
        </Button>
        <ConflictDialog annotation={annotation} />
      </div>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextArea
        label="Notes"
        ref={field}
        rows={5}
        value={draft}
        maxLength={most}
        end={`${draft.length} of ${most}`}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(undefined)
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
        }}
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" size="sm" variant="primary" busy={isSaving}>
          Save notes
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setDraft(undefined)}>
          Leave
        </Button>
      </div>
    </form>
  )
}
