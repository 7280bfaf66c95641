import { CircleCheck, type LucideIcon, TriangleAlert } from 'lucide-react'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { callForms } from '../../api/call-forms.ts'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { EnvironmentChip } from '../../shell/top-bar.tsx'
import { useViewer } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Mono } from '../../ui/tag.tsx'
import { usePasswordStep } from '../session/use-password-step.tsx'
import type { Cluster } from './use-clusters.ts'

/** The frame of an act on a cluster; closes when it is accepted, and refuses when the cluster changed since it opened. */
export function ClusterDialog(props: {
  cluster: Cluster
  /** 2 moderate: impact and reason. 3 severe: the name is typed, and the password once more. Enter confirms neither. */
  tier: 2 | 3
  title: string
  description: ReactNode
  keep: string
  act: string
  icon: LucideIcon
  /** The same from a program. */
  call: { path: string; input: unknown }
  refusal: string | undefined
  isPending: boolean
  error: unknown
  onAct: () => Promise<unknown>
  onClose: () => void
  initialFocus?: RefObject<HTMLElement | null>
  children: ReactNode
}) {
  const { cluster, tier } = props
  const keep = useRef<HTMLButtonElement>(null)
  const { environment } = useViewer()
  const [seen] = useState(cluster.rowVersion)
  const changed = cluster.rowVersion !== seen
  const password = usePasswordStep(tier === 3)
  const { curl = '', trpc = '' } = callForms(
    { path: props.call.path, kind: 'mutation', input: props.call.input },
    location.origin,
  )
  const act = () =>
    password
      .settle()
      .then(props.onAct)
      .then(props.onClose, () => {})
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.title}
      description={props.description}
      width={620}
      edged={tier === 3}
      initialFocus={props.initialFocus ?? keep}
      footer={
        <>
          <span className="mr-auto flex items-center gap-1 text-12 text-ink-2 max-md:hidden">
            Copy as
            <CopyButton text={curl} label="Copy as curl" />
            curl
            <CopyButton text={trpc} label="Copy as tRPC" />
            tRPC
          </span>
          <Button ref={keep} onClick={props.onClose}>
            {props.keep}
          </Button>
          <Button
            variant={tier === 3 ? 'danger' : 'primary'}
            icon={props.icon}
            busy={props.isPending || password.isPending}
            disabledReason={
              (changed ? 'It changed since you opened this: close it and look again.' : undefined) ??
              props.refusal ??
              password.missing
            }
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            onClick={() => void act()}
          >
            {props.act}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p role="status" className="flex items-center gap-1.5 text-12 text-ink-2">
          <Icon
            of={changed ? TriangleAlert : CircleCheck}
            className={`${changed ? 'tone-warn' : 'tone-ok'} text-tone-icon`}
          />
          {changed ? 'Changed since you opened this' : 'Unchanged since you opened this'}
        </p>
        <div className="flex flex-wrap items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-3 py-2">
          <Mono className="text-14! font-medium">{cluster.name}</Mono>
          <CopyButton text={cluster.name} label="Copy the name" />
          <span className="ml-auto flex min-w-0 items-center gap-2">
            <EnvironmentChip name={environment.name} />
            <Mono className="truncate text-ink-2">
              {cluster.endpoint.host}/{cluster.endpoint.database}
            </Mono>
          </span>
        </div>
        {props.children}
        {password.field}
        {props.error ? <FormFault fault={faultOf(props.error)} /> : null}
      </div>
    </Dialog>
  )
}
