import { useRef, useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ReasonField } from '../tenants/lifecycle/confirm-fields.tsx'
import { reasonMissing } from '../tenants/lifecycle/missing-words.ts'
import { findingTitle } from './finding-words.ts'
import { useIgnoreFinding } from './use-finding-acts.ts'
import type { Finding } from './use-findings.ts'

/** Asks why a finding is put aside. */
export function IgnoreDialog(props: { finding: Finding; onClose: () => void }) {
  const { finding, onClose } = props
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { ignore, isPending, error } = useIgnoreFinding()
  const act = () =>
    ignore({ findingId: finding.id, ifVersion: finding.rowVersion, reason: reason.trim() }).then(
      onClose,
      () => {},
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Ignore finding"
      description={`“${findingTitle[finding.kind]}” of ${finding.subject} is put aside until something of it changes or it is gone.`}
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>Keep it open</Button>
          <Button variant="primary" busy={isPending} disabledReason={reasonMissing(reason)} onClick={act}>
            Ignore
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <ReasonField ref={field} value={reason} onChange={setReason} />
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
