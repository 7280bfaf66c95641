import { displayName } from '@tenantry/contracts'
import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useAnnotateTenant } from '../use-annotate-tenant.ts'
import type { Tenant } from '../use-tenant.ts'
import { ConflictDialog } from './conflict-dialog.tsx'

/** The display name, edited where it stands: Enter saves, Escape leaves. */
export function NameEditor(props: { tenant: Tenant }) {
  const annotation = useAnnotateTenant(props.tenant)
  const { shown, annotate } = annotation
  const refusal = usePermissionRefusal('tenant.annotate')
  const [draft, setDraft] = useState<string>()
  const [seen, setSeen] = useState(shown.displayName)
  const field = useRef<HTMLInputElement>(null)
  const isEditing = draft !== undefined
  useEffect(() => {
    if (isEditing) field.current?.select()
  }, [isEditing])

  if (draft === undefined) {
    return (
      <span className="flex items-center gap-1">
        <span className="truncate">{shown.displayName}</span>
        <IconButton
          size="sm"
          icon={Pencil}
          label="Edit the name"
          disabledReason={refusal}
          onClick={() => {
            setSeen(shown.displayName)
            setDraft(shown.displayName)
          }}
        />
        <ConflictDialog annotation={annotation} />
      </span>
    )
  }
  const fault = displayName.safeParse(draft).error?.issues[0]?.message
  const save = () => {
    setDraft(undefined)
    if (draft.trim() !== seen) annotate({ displayName: draft.trim() }, { displayName: seen })
  }
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!fault) save()
      }}
    >
      <input
        ref={field}
        aria-label="Display name"
        aria-invalid={fault ? true : undefined}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
        className="h-8 w-90 max-w-full rounded-md border border-line-control bg-surface px-2 text-16 font-semibold focus:outline-2 focus:outline-focus"
      />
      <Button type="submit" variant="primary" disabledReason={fault}>
        Save
      </Button>
      <Button variant="ghost" onClick={() => setDraft(undefined)}>
        Leave
      </Button>
    </form>
  )
}
