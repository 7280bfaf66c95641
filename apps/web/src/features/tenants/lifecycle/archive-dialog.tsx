import { archivedSchemaNameOf } from '@tenantry/contracts'
import { useRef, useState } from 'react'
import { TextField } from '../../../ui/field.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp, useNow } from '../../../ui/time.tsx'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { ReasonField, SlugField } from './confirm-fields.tsx'
import { ImpactGrid } from './impact-grid.tsx'
import { keptUntilOf, readKeepDays } from './kept-words.ts'
import { reasonMissing, slugMissing } from './missing-words.ts'
import { UndoTimeline } from './undo-timeline.tsx'
import { useArchiveTenant } from './use-archive-tenant.ts'

const impacts = [
  { value: 'Logins taken', note: 'nobody of the tenant gets in' },
  { value: 'Sessions ended', note: 'open transactions are rolled back' },
  { value: 'Data kept', note: 'under another name, until it is purged' },
  { value: 'Slug kept', note: 'no other tenant can take it meanwhile' },
]

/** Tier 3: the slug, the reason and for how long it can be undone. */
export function ArchiveDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [days, setDays] = useState('7')
  const field = useRef<HTMLInputElement>(null)
  const now = useNow(15_000)
  const { archive, isPending, error } = useArchiveTenant()
  const keepDays = readKeepDays(days)
  const wish = {
    tenantId: tenant.id,
    reason: reason.trim(),
    confirmSlug: typed.trim(),
    keepDays: keepDays ?? 7,
  }
  const until = keepDays ? <TimeStamp at={keptUntilOf(now, keepDays)} form="date" /> : undefined
  return (
    <ActionDialog
      {...props}
      action="tenant.archive"
      tier={3}
      title="Archive tenant"
      description="Puts it away: no access, its schema under another name, and restorable until somebody purges it."
      keep="Keep tenant"
      missing={
        slugMissing(typed, tenant.slug) ??
        reasonMissing(reason) ??
        (keepDays === undefined ? 'Keep it for 0 to 365 days.' : undefined)
      }
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() => archive(wish)}
      initialFocus={field}
    >
      <ImpactGrid impacts={impacts} />
      <UndoTimeline
        phases={[
          {
            title: 'Now',
            detail: (
              <>
                Closed, then renamed to <Mono>{archivedSchemaNameOf(tenant.id)}</Mono>
              </>
            ),
          },
          {
            title: until ? <>Until {until}</> : 'No window',
            detail: until
              ? 'Restore brings it back with the same slug, roles and passwords'
              : 'Restore brings it back as long as nobody has purged it',
          },
          {
            title: 'After that',
            detail: 'It may be purged for good. Nothing purges it by itself',
            final: true,
          },
        ]}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_120px] gap-x-4 gap-y-3">
        <SlugField ref={field} value={typed} onChange={setTyped} />
        <TextField
          label="Days kept"
          inputMode="numeric"
          value={days}
          error={keepDays === undefined ? '0 to 365' : undefined}
          onChange={(event) => setDays(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <div className="col-span-2">
          <ReasonField value={reason} onChange={setReason} />
        </div>
      </div>
    </ActionDialog>
  )
}
