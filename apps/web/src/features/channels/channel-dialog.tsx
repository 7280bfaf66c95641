import { type ChannelKind, channelKindNames, channelKinds } from '@tenantry/contracts'
import { useRef, useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyLine } from '../../ui/copy-line.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { configFields, draftOf, inputOf, newDraft, newSigningSecret } from './channel-draft.ts'
import { type Channel, useSetChannel } from './use-channels.ts'

const kinds = channelKindNames.map((value) => ({ value, label: channelKinds[value].title }))

/** A new channel, or one as it is to be from now on. */
export function ChannelDialog(props: {
  channel?: Channel
  refusal: string | undefined
  onClose: (id?: string) => void
}) {
  const [seen] = useState(props.channel)
  const [draft, setDraft] = useState(() => (seen ? draftOf(seen) : newDraft('email')))
  const [touched, setTouched] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const { set, isPending, error } = useSetChannel()
  const { input, faults } = inputOf(draft, seen)
  const [fault] = Object.values(faults)
  const edit = (over: Partial<typeof draft>) => {
    setTouched(true)
    setDraft((now) => ({ ...now, ...over }))
  }
  const errorOf = (name: string) => (touched ? faults[name] : undefined)
  const save = () =>
    set(input).then(
      ({ channelId }) => {
        toastDone(`${draft.name} saved`)
        props.onClose(channelId)
      },
      () => {},
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={seen ? `Edit ${seen.name}` : 'New channel'}
      description="It is told what an escalation sends to it. Test it once it is saved."
      width={620}
      initialFocus={first}
      footer={
        <>
          <CopyLine path="channels.set" input={{ ...input, ...(draft.secret ? { secret: '…' } : {}) }} />
          <Button onClick={() => props.onClose()}>Leave</Button>
          <Button
            variant="primary"
            busy={isPending}
            disabledReason={props.refusal ?? (fault ? `${fault}.` : undefined)}
            onClick={() => void save()}
          >
            Save channel
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {error ? <FormFault fault={faultOf(error)} /> : null}
        <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
          <TextField
            ref={first}
            label="Name"
            value={draft.name}
            error={errorOf('name')}
            autoComplete="off"
            onChange={(event) => edit({ name: event.target.value })}
          />
          <Field label="Kind" hint={seen ? 'The kind of a channel stays' : undefined}>
            {({ id }) => (
              <Select
                id={id}
                label="Kind"
                value={draft.kind}
                options={seen ? kinds.filter(({ value }) => value === seen.kind) : kinds}
                onChange={(kind: ChannelKind) => setDraft(newDraft(kind))}
              />
            )}
          </Field>
          {configFields[draft.kind].map(({ name, label, hint, options }) =>
            options ? (
              <Field key={name} label={label}>
                {({ id }) => (
                  <Select
                    id={id}
                    label={label}
                    value={draft.config[name] ?? ''}
                    options={options}
                    onChange={(value) => edit({ config: { ...draft.config, [name]: value } })}
                  />
                )}
              </Field>
            ) : (
              <TextField
                key={name}
                label={label}
                hint={hint}
                mono
                value={draft.config[name] ?? ''}
                error={errorOf(`config.${name}`)}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => edit({ config: { ...draft.config, [name]: event.target.value } })}
              />
            ),
          )}
        </div>
        <TextField
          label={channelKinds[draft.kind].secret}
          mono
          type={draft.kind === 'webhook' ? 'text' : 'password'}
          value={draft.secret}
          error={errorOf('secret')}
          hint={seen?.hasSecret ? 'Sealed. Left empty, it stays as it is.' : 'Sealed, and never shown again.'}
          end={
            draft.kind === 'webhook' ? (
              <button
                type="button"
                className="text-accent-ink hover:underline"
                onClick={() => edit({ secret: newSigningSecret() })}
              >
                Make one
              </button>
            ) : undefined
          }
          autoComplete="off"
          onChange={(event) => edit({ secret: event.target.value })}
        />
      </div>
    </Dialog>
  )
}
