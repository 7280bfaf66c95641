import type { AdoptableSchema } from '@tenantry/contracts'
import { HousePlus } from 'lucide-react'
import { useRef, useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { EnvironmentChip } from '../../../shell/top-bar.tsx'
import { useViewer } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { Mono } from '../../../ui/tag.tsx'
import { usePasswordStep } from '../../session/use-password-step.tsx'
import { ReasonField, SlugField } from '../lifecycle/confirm-fields.tsx'
import { ImpactGrid } from '../lifecycle/impact-grid.tsx'
import { reasonMissing, slugMissing } from '../lifecycle/missing-words.ts'
import type { AdoptDraft } from './adopt-form-state.ts'
import { changesOf } from './adopt-review.tsx'
import { type AdoptWish, useAdoptTenant } from './use-adopt-tenant.ts'

/** Tier 3: a product may be at work in it. The schema's name is typed, and Enter confirms nothing. */
export function AdoptDialog(props: {
  found: AdoptableSchema
  draft: AdoptDraft
  cluster: string
  onClose: () => void
  onRequested: (operationId: string) => void
}) {
  const { found, draft } = props
  const { environment } = useViewer()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { adopt, isPending, error } = useAdoptTenant()
  const { to, objects, kept, lost } = changesOf(found, draft)
  const password = usePasswordStep(true)
  const refusal =
    useStaleRefusal() ?? slugMissing(typed, found.schema) ?? reasonMissing(reason) ?? password.missing
  const act = async () => {
    const wish: AdoptWish = { ...draft, confirmSchema: typed.trim(), reason: reason.trim() }
    const asked = await password
      .settle()
      .then(() => adopt(wish))
      .catch(() => undefined)
    if (asked) props.onRequested(asked.operationId)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Adopt schema"
      description="Changes its name, its owners and who may use it. The data stays where it is; whatever fails is taken back."
      width={620}
      edged
      initialFocus={field}
      footer={
        <>
          <span className="mr-auto text-12 text-ink-3 max-md:hidden">Enter does not confirm</span>
          <Button onClick={props.onClose}>Leave it</Button>
          <Button
            variant="danger"
            icon={HousePlus}
            busy={isPending || password.isPending}
            disabledReason={refusal}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            onClick={() => void act()}
          >
            Adopt {found.schema}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-3 py-2">
          <Mono className="text-14! font-medium">{found.schema}</Mono>
          <span aria-label="becomes" className="text-ink-3">
            →
          </span>
          <Mono className="text-14! font-medium">{to}</Mono>
          <span className="ml-auto flex min-w-0 items-center gap-2">
            <EnvironmentChip name={environment.name} />
            <Mono className="truncate text-ink-2">{props.cluster}</Mono>
          </span>
        </div>
        <ImpactGrid
          impacts={[
            {
              value: formatCount(objects),
              note: objects === 1 ? 'object gets another owner' : 'objects get another owner',
            },
            {
              value: formatCount(kept.length),
              note: kept.length ? `go on: ${kept.join(', ')}` : 'roles go on',
            },
            {
              value: formatCount(lost.length),
              note: lost.length ? `lose access: ${lost.join(', ')}` : 'roles lose access',
            },
            { value: formatCount(found.sessions), note: 'sessions of those roles now' },
          ]}
        />
        <SlugField ref={field} label="Type the schema’s name to confirm" value={typed} onChange={setTyped} />
        <ReasonField value={reason} onChange={setReason} />
        {password.field}
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
