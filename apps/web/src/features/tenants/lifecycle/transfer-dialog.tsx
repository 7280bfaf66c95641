import { useState } from 'react'
import { Field } from '../../../ui/field.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Select } from '../../../ui/select.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { useMembers } from './use-members.ts'
import { useTransferTenant } from './use-transfer-tenant.ts'

/** Tier 1: to whom. */
export function TransferDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [ownerId, setOwnerId] = useState('')
  const members = useMembers()
  const { transfer, isPending, error } = useTransferTenant()
  const chosen = members.data?.find(({ id }) => id === ownerId)
  const wish = { tenantId: tenant.id, ownerId }
  return (
    <ActionDialog
      {...props}
      action="tenant.transfer"
      tier={1}
      title="Transfer tenant"
      description={`It belongs to ${tenant.ownerName}. Who owns it is a fact for people: access does not change.`}
      keep="Leave it"
      missing={chosen ? undefined : 'Choose the new owner.'}
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() =>
        transfer(wish).then(() =>
          toastDone(`${tenant.slug} now belongs to ${chosen?.name ?? 'its new owner'}`),
        )
      }
    >
      <QueryPanel title="The members" noun="members" query={members}>
        {(all) => {
          const others = all.filter(({ id, disabledAt }) => id !== tenant.ownerId && disabledAt === null)
          return others.length === 0 ? (
            <p className="text-ink-2">There is nobody else yet: add a member first.</p>
          ) : (
            <Field label="New owner">
              {({ id }) => (
                <Select
                  id={id}
                  value={ownerId}
                  onChange={setOwnerId}
                  options={[
                    ...(ownerId === '' ? [{ value: '', label: 'Choose a member', disabled: true }] : []),
                    ...others.map(({ id, name, email, role }) => ({
                      value: id,
                      label: name,
                      note: `${email}, ${role}`,
                    })),
                  ]}
                />
              )}
            </Field>
          )
        }}
      </QueryPanel>
    </ActionDialog>
  )
}
