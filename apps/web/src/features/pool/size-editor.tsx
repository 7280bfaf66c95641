import { maxPoolSize, setPoolInput } from '@tenantry/contracts'
import { useEffect, useRef, useState } from 'react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { useSetPool } from './use-set-pool.ts'

const sizeOf = setPoolInput.shape.size

/** Sets a size where it stands: Enter saves, Escape leaves. */
export function SizeEditor(props: {
  templateId: string
  clusterId: string | null
  /** As in "Size on eu-1". */
  of: string
  /** What was set here; null: nothing. */
  size: number | null
  /** What the field begins with where nothing was set. */
  holds: number
  act: string
  takeAway: string
}) {
  const refusal = usePermissionRefusal('pool.write')
  const stale = useStaleRefusal()
  const { mutate } = useSetPool()
  const [draft, setDraft] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const isEditing = draft !== undefined
  useEffect(() => {
    if (isEditing) field.current?.select()
  }, [isEditing])
  const set = (size: number | null) => {
    setDraft(undefined)
    mutate({ templateId: props.templateId, clusterId: props.clusterId, size })
  }

  if (draft === undefined) {
    return (
      <span className="flex flex-wrap gap-1.5">
        <Button
          size="sm"
          disabledReason={refusal ?? stale}
          onClick={() => setDraft(String(props.size ?? props.holds))}
        >
          {props.act}
        </Button>
        {props.size !== null && (
          <Button size="sm" variant="ghost" disabledReason={refusal ?? stale} onClick={() => set(null)}>
            {props.takeAway}
          </Button>
        )}
      </span>
    )
  }
  const typed = draft.trim() === '' ? Number.NaN : Number(draft)
  const read = sizeOf.safeParse(typed)
  const fault = read.success ? undefined : `Write a whole number from 0 to ${maxPoolSize}.`
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (read.success) set(read.data)
      }}
    >
      <input
        ref={field}
        inputMode="numeric"
        aria-label={props.of}
        aria-invalid={fault && draft !== '' ? true : undefined}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
        className="num h-7 w-16 rounded-md border border-line-control bg-surface px-2 text-right focus:border-transparent focus:outline-2 focus:-outline-offset-1 focus:outline-focus aria-invalid:border-danger max-md:h-11 max-md:text-16"
      />
      <Button type="submit" size="sm" variant="primary" disabledReason={fault}>
        Save
      </Button>
      <Button size="sm" variant="ghost" onClick={() => setDraft(undefined)}>
        Leave
      </Button>
    </form>
  )
}
