import { silenceKinds } from '@tenantry/contracts'
import { useRef, useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyLine } from '../../../ui/copy-line.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, TextField } from '../../../ui/field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { useNow } from '../../../ui/time.tsx'
import { useTimeZone } from '../../../ui/time-zone.ts'
import { MatchCount } from './match-count.tsx'
import { MatcherList } from './matcher-list.tsx'
import { readSilence, type SilenceDraft, silenceLengths } from './silence-draft.ts'
import { useAddSilence, useSilenceRefusal } from './use-silences.ts'

const kindWords = { silence: 'Silence', maintenance: 'Maintenance' } as const
const momentClass =
  'h-8 rounded-md border border-line-control bg-surface px-2.5 max-md:h-11 max-md:text-16 dark:[color-scheme:dark]'

/** Asks what is to be silent, for how long and why; says at every moment how many alerts that is. */
export function SilenceDialog(props: { draft: SilenceDraft; onClose: () => void }) {
  const [draft, setDraft] = useState(props.draft)
  const change = (over: Partial<SilenceDraft>) => setDraft((now) => ({ ...now, ...over }))
  const zone = useTimeZone()
  const now = useNow(10_000)
  const read = readSilence(draft, now, zone.name)
  const wish = 'silence' in read ? read.silence : undefined
  const refusal = useSilenceRefusal()
  const { add, isPending, error } = useAddSilence()
  const comment = useRef<HTMLInputElement>(null)
  const isCustom = typeof draft.ends === 'string'
  const isMaintenance = draft.kind === 'maintenance'
  const title = isMaintenance ? 'Plan maintenance' : 'Silence alerts'

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={title}
      description="What matches is still measured, shown and kept: only nobody is called for it. It never stays for ever."
      width={640}
      {...(draft.matchers.length > 0 ? { initialFocus: comment } : {})}
      footer={
        <>
          {wish && <CopyLine path="silences.add" input={{ idempotencyKey: 'choose-one-key', ...wish }} />}
          <Button size="md" onClick={props.onClose}>
            Leave it
          </Button>
          <Button
            variant="primary"
            busy={isPending}
            disabledReason={refusal ?? ('missing' in read ? read.missing : undefined)}
            onClick={() => wish && add(wish).then(props.onClose, () => {})}
          >
            {isMaintenance ? 'Plan maintenance' : 'Silence'}
          </Button>
        </>
      }
    >
      <div className="grid max-h-[62vh] grid-cols-[minmax(0,1fr)] gap-4 overflow-y-auto py-1">
        <div>
          <Segments
            label="Kind"
            value={draft.kind}
            onChange={(kind) => change({ kind })}
            options={silenceKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
          />
        </div>
        <section aria-label="What is silent">
          <h3 className="mb-1 text-12 font-medium text-ink-2">
            What is silent: alerts for which all of this holds
          </h3>
          <MatcherList matchers={draft.matchers} onChange={(matchers) => change({ matchers })} />
          <MatchCount matchers={draft.matchers} />
        </section>
        <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-4 max-md:grid-cols-1">
          <Field label="Begins" hint={draft.starts === 'now' ? undefined : `Times in ${zone.short}`}>
            {(ids) => (
              <span className="flex flex-wrap items-center gap-2">
                <Segments
                  label="When it begins"
                  value={draft.starts === 'now' ? 'now' : 'later'}
                  onChange={(when) => change({ starts: when === 'now' ? 'now' : '' })}
                  options={[
                    { value: 'now', label: 'Now' },
                    { value: 'later', label: 'Later' },
                  ]}
                />
                <input
                  {...ids}
                  type="datetime-local"
                  hidden={draft.starts === 'now'}
                  value={draft.starts === 'now' ? '' : draft.starts}
                  onChange={(event) => change({ starts: event.target.value })}
                  className={momentClass}
                />
              </span>
            )}
          </Field>
          <Field label="Lasts" hint={isCustom ? `Until, in ${zone.short}; at most 31 days` : undefined}>
            {(ids) => (
              <span className="flex flex-wrap items-center gap-2">
                <Segments
                  label="How long"
                  value={isCustom ? 'custom' : String(draft.ends)}
                  onChange={(chosen) => change({ ends: chosen === 'custom' ? '' : Number(chosen) })}
                  options={[
                    ...silenceLengths.map(({ seconds, label }) => ({ value: String(seconds), label })),
                    { value: 'custom', label: 'Until…' },
                  ]}
                />
                <input
                  {...ids}
                  type="datetime-local"
                  hidden={!isCustom}
                  value={isCustom ? draft.ends : ''}
                  onChange={(event) => change({ ends: event.target.value })}
                  className={momentClass}
                />
              </span>
            )}
          </Field>
        </div>
        <TextField
          ref={comment}
          label="Why, for whoever comes next"
          value={draft.comment}
          maxLength={500}
          onChange={(event) => change({ comment: event.target.value })}
          autoComplete="off"
        />
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
