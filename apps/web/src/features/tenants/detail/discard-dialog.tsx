import { useNavigate } from '@tanstack/react-router'
import { whyNot } from '@tenantry/contracts'
import { CircleCheck, Trash2, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { callForms } from '../../../api/call-forms.ts'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { useOfferActions } from '../../../shell/palette-actions.ts'
import { EnvironmentChip } from '../../../shell/top-bar.tsx'
import { usePermissionRefusal, useViewer } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Mono } from '../../../ui/tag.tsx'
import type { Operation } from '../../operations/use-operation.ts'
import { useDiscardTenant } from '../use-discard-tenant.ts'
import type { Tenant } from '../use-tenant.ts'

/** Gives a failed tenant up, after its slug was typed. */
export function DiscardButton(props: { tenant: Tenant; operation?: Operation | undefined }) {
  const [open, setOpen] = useState(false)
  const mayNot = usePermissionRefusal('tenant.discard')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? whyNot('tenant.discard', props.tenant.state) ?? stale
  useOfferActions([
    {
      id: 'discard',
      label: `Discard ${props.tenant.slug}`,
      icon: Trash2,
      run: () => setOpen(true),
      disabledReason: refusal,
    },
  ])
  return (
    <>
      <Button icon={Trash2} disabledReason={refusal} onClick={() => setOpen(true)}>
        Discard…
      </Button>
      {open && <DiscardDialog {...props} refusal={refusal} onClose={() => setOpen(false)} />}
    </>
  )
}

const facts = 'num min-w-0 px-3 py-2 not-first:border-line md:not-first:border-l max-md:not-first:border-t'

function DiscardDialog(props: {
  tenant: Tenant
  operation?: Operation | undefined
  refusal: string | undefined
  onClose: () => void
}) {
  const { tenant, operation } = props
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { environment } = useViewer()
  const navigate = useNavigate()
  const { discard, isPending, error } = useDiscardTenant()
  // What one decided about must be what is there: another version than at the opening refuses.
  const [seen] = useState(tenant.rowVersion)
  const changed = tenant.rowVersion !== seen
  const refusal =
    props.refusal ??
    (changed ? 'It changed since you opened this: close it and look again.' : undefined) ??
    (typed.trim() === tenant.slug ? undefined : `Type ${tenant.slug} to confirm.`)
  const undone = operation?.steps.filter(
    ({ direction, state }) => direction === 'down' && state === 'undone',
  ).length

  useEffect(() => field.current?.focus(), [])

  const act = async () => {
    const made = await discard(tenant.id).catch(() => undefined)
    if (made) await navigate({ to: '/operations/$id', params: { id: made.operationId } })
  }
  const { curl } = callForms(
    {
      path: 'tenants.discard',
      kind: 'mutation',
      input: { tenantId: tenant.id, idempotencyKey: 'choose-one-key' },
    },
    location.origin,
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Discard tenant"
      description="Sweeps its cluster for leftovers and gives the slug free. This cannot be taken back."
      width={600}
      initialFocus={field}
      footer={
        <>
          <span className="mr-auto flex items-center gap-1 text-12 text-ink-2 max-md:hidden">
            <CopyButton text={curl ?? ''} label="Copy as curl" /> Copy as curl
          </span>
          <span className="text-12 text-ink-3 max-md:hidden">Enter does not confirm</span>
          <Button onClick={props.onClose}>Keep tenant</Button>
          <Button variant="danger" icon={Trash2} busy={isPending} disabledReason={refusal} onClick={act}>
            Discard {tenant.slug}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p role="status" className="flex items-center gap-1.5 text-12 text-ink-2">
          {changed ? (
            <>
              <Icon of={TriangleAlert} className="tone-warn text-tone-icon" /> Changed since you opened this
            </>
          ) : (
            <>
              <Icon of={CircleCheck} className="tone-ok text-tone-icon" /> Unchanged since you opened this
            </>
          )}
        </p>
        <div className="flex flex-wrap items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-3 py-2">
          <Mono className="text-14! font-medium">{tenant.slug}</Mono>
          <CopyButton text={tenant.slug} label="Copy the slug" />
          <span className="ml-auto flex items-center gap-2">
            <EnvironmentChip name={environment.name} />
            <Mono className="text-ink-2">
              {tenant.clusterName}/{tenant.schemaName}
            </Mono>
          </span>
        </div>
        <dl className="grid grid-cols-3 rounded-md border border-line max-md:grid-cols-1">
          <div className={facts}>
            <dd className="text-16 font-medium tracking-tight">
              {tenant.activatedAt ? 'Was active' : 'Never active'}
            </dd>
            <dt className="text-12 text-ink-3">nobody could store data in it</dt>
          </div>
          <div className={facts}>
            <dd className="text-16 font-medium tracking-tight">{undone ?? 0}</dd>
            <dt className="text-12 text-ink-3">
              {undone === 1 ? 'step was' : 'steps were'} taken back by the failure
            </dt>
          </div>
          <div className={facts}>
            <dd className="mono text-16! font-medium">{operation?.error?.code ?? operation?.state ?? '–'}</dd>
            <dt className="text-12 break-words text-ink-3">
              {operation?.error?.message ?? 'why it is failed'}
            </dt>
          </div>
        </dl>
        <ul className="list-disc pl-4 text-ink-2">
          <li>
            Sessions of its roles are ended; schema <Mono>{tenant.schemaName}</Mono> and roles are dropped
            where they remain.
          </li>
          <li>
            <Mono>{tenant.slug}</Mono> can be used again. Operations and audit log stay.
          </li>
        </ul>
        <TextField
          ref={field}
          label="Type the slug to confirm"
          mono
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          autoComplete="off"
          spellCheck={false}
        />
        {error && <FormFault fault={faultOf(error)} />}
      </div>
    </Dialog>
  )
}
