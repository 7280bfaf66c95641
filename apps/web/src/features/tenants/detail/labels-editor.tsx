import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { LabelField } from '../label-field.tsx'
import { useAnnotateTenant } from '../use-annotate-tenant.ts'
import type { Tenant } from '../use-tenant.ts'
import { ConflictDialog } from './conflict-dialog.tsx'

/** The labels, each change shown at once and saved by itself. */
export function LabelsEditor(props: { tenant: Tenant }) {
  const annotation = useAnnotateTenant(props.tenant)
  const refusal = usePermissionRefusal('tenant.annotate')
  return (
    <>
      <LabelField
        value={annotation.shown.labels}
        onChange={(labels) => annotation.annotate({ labels })}
        disabledReason={refusal}
      />
      <ConflictDialog annotation={annotation} />
    </>
  )
}
