import { useState } from 'react'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { CodeBox } from '../../../ui/code.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { operationLook } from '../../../ui/state-tones.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { type Operation, useOperation } from '../../operations/use-operation.ts'
import type { Tenant } from '../use-tenant.ts'
import { connectionForms } from './connection-forms.ts'
import type { IssuedCredentials } from './use-rotate-credentials.ts'

/** The credentials, this once. What would close it by accident asks first, as long as there is something to lose. */
export function IssuedDialog(props: { tenant: Tenant; issued: IssuedCredentials; onClose: () => void }) {
  const { tenant, issued, onClose } = props
  const [warned, setWarned] = useState(false)
  const operation = useOperation(issued.operationId).data
  const isVain = issued.password === null || operation?.state === 'failed' || operation?.state === 'cancelled'
  const leave = () => (warned || isVain ? onClose() : setWarned(true))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && leave()}
      title={`Credentials of ${tenant.slug}`}
      description="The password is shown this once and cannot be shown again. Keep it where your product reads it."
      width={620}
      footer={
        <Button variant="primary" onClick={onClose}>
          {isVain ? 'Close' : 'I have kept the password'}
        </Button>
      }
    >
      <div className="grid gap-3">
        <Progress operation={operation} isSuspended={tenant.state === 'suspended'} />
        {!isVain && issued.password !== null && (
          <Connection issued={issued} password={issued.password} role={roleOf(operation)} />
        )}
        {issued.password === null && (
          <Banner tone="warn">
            The answer with the password was lost on its way, and nobody else has it. Rotate again for
            another.
          </Banner>
        )}
        {warned && (
          <Banner tone="warn">
            Have you kept the password? Close once more and it is gone; then only new credentials help.
          </Banner>
        )}
      </div>
    </Dialog>
  )
}

/** The login roles take turns: which one it is, the operation says when it is done. */
function roleOf(operation: Operation | undefined): string | undefined {
  const role = operation?.state === 'succeeded' ? operation.result?.role : undefined
  return typeof role === 'string' ? role : undefined
}

function Progress(props: { operation: Operation | undefined; isSuspended: boolean }) {
  const { operation } = props
  if (operation && ['failed', 'cancelled'].includes(operation.state)) {
    return (
      <Banner tone="failed">
        <span className="font-medium">They were not issued.</span> {operation.error?.message} The credentials
        before them hold as they did.
      </Banner>
    )
  }
  const look = operationLook[operation?.state ?? 'queued']
  const words =
    operation?.state !== 'succeeded'
      ? 'Being issued: the password is good once the operation is done.'
      : props.isSuspended
        ? 'Issued. They let nobody in until the tenant is resumed.'
        : 'Issued: they are good now.'
  return (
    <p role="status" className="flex items-center gap-1.5 text-ink-2">
      <StatusIcon tone={look.tone} /> {words}
    </p>
  )
}

function Connection(props: { issued: IssuedCredentials; password: string; role: string | undefined }) {
  const { issued, password, role } = props
  const forms = role === undefined ? undefined : connectionForms({ ...issued, role, password })
  return (
    <div className="grid gap-1.5">
      <CodeBox name="password" text={password} />
      {role !== undefined && forms ? (
        <>
          <CodeBox name="role" text={role} />
          <CodeBox name="URL" text={forms.url} />
          <CodeBox name="psql" text={forms.psql} />
        </>
      ) : (
        <p className="text-12 text-ink-3">Its role and connection string follow in a moment.</p>
      )}
    </div>
  )
}
