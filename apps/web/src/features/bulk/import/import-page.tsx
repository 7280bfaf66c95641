import type { ImportRow } from '@tenantry/contracts'
import { bulkTier } from '@tenantry/contracts'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { importTenantsRoute } from '../../../routes/import-tenants.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { EmptyForbidden } from '../../../ui/empty.tsx'
import { Field } from '../../../ui/field.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { Select } from '../../../ui/select.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { FormSection } from '../../tenants/create/form-section.tsx'
import { ReasonField } from '../../tenants/lifecycle/confirm-fields.tsx'
import { reasonMissing } from '../../tenants/lifecycle/missing-words.ts'
import { useTemplates } from '../../tenants/use-templates.ts'
import { tenants } from '../bulk-words.ts'
import { CountField, countMissing } from '../start/count-field.tsx'
import { CheckSection } from './check-section.tsx'
import { RowsSection } from './rows-section.tsx'
import { useImportCheck, useImportTenants } from './use-import.ts'

const parent = { label: 'Tenants', to: '/tenants' } as const

/** Many tenants from a file: its good rows become tenants, its wrong ones are named by row and column. */
export function ImportPage() {
  const mayRun = usePermissionRefusal('bulk.run')
  const mayProvision = usePermissionRefusal('tenant.provision')
  const missing = mayRun ? 'bulk.run' : mayProvision ? 'tenant.provision' : undefined
  return (
    <>
      <PageTitle title="Import tenants" parent={parent} />
      {missing ? <EmptyForbidden noun="this form" permission={missing} /> : <ImportForm />}
    </>
  )
}

function ImportForm() {
  const navigate = importTenantsRoute.useNavigate()
  const [rows, setRows] = useState<readonly ImportRow[]>([])
  const [version, setVersion] = useState(0)
  const [template, setTemplate] = useState('')
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [leaves, setLeaves] = useState(false)
  const check = useImportCheck(rows, template, version)
  const { importRows, isPending, error } = useImportTenants()
  const stale = useStaleRefusal()
  const good = check.data?.goodRows ?? 0
  const wrong = check.data?.wrongRows ?? 0
  const asksCount = bulkTier('tenant.provision', good) > 1
  const refusal =
    stale ??
    (rows.length === 0 ? 'Choose a file first.' : undefined) ??
    (check.data ? undefined : 'The rows are being checked.') ??
    (good === 0 ? 'No row can be imported.' : undefined) ??
    (wrong > 0 && !leaves ? 'Say that the wrong rows shall be left behind.' : undefined) ??
    reasonMissing(reason) ??
    (asksCount ? countMissing(typed, good) : undefined)
  const act = async () => {
    const wish = {
      rows: [...rows],
      template,
      reason: reason.trim(),
      acknowledgeWrong: wrong,
      expectCount: good,
    }
    const started = await importRows(wish).catch(() => undefined)
    // The registry may have changed since the check: the refusal says so, and this checks again.
    if (!started) return void check.refetch()
    toastDone(`${tenants(good)} requested`)
    await navigate({ to: '/bulks/$id', params: { id: started.bulkId } })
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <RowsSection
        rows={rows}
        onRows={(next) => {
          setRows(next)
          setVersion((now) => now + 1)
          setLeaves(false)
        }}
      />
      <TemplateOfAll value={template} onChange={setTemplate} />
      <CheckSection rows={rows} query={check} />
      <FormSection
        number={4}
        title="Import"
        note="Good rows become tenants, a few at a time; it can be paused."
      >
        <div className="grid max-w-140 gap-3">
          {wrong > 0 && (
            <div className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2">
              <span className="pt-0.5">
                <Checkbox label="Leave the wrong rows behind" checked={leaves} onChange={setLeaves} />
              </span>
              <p className="text-ink-2">
                <span className="font-medium text-ink">Leave {formatCount(wrong)} wrong rows behind.</span>{' '}
                They stay on the page of this import, with what is wrong.
              </p>
            </div>
          )}
          <ReasonField value={reason} onChange={setReason} />
          {asksCount && <CountField value={typed} onChange={setTyped} />}
          {error ? <FormFault fault={faultOf(error)} /> : null}
        </div>
        <div className="mt-4 flex flex-wrap items-center gap-2">
          <Button
            variant="primary"
            size="lg"
            icon={Upload}
            busy={isPending}
            disabledReason={refusal}
            onClick={() => void act()}
            className="max-md:w-full"
          >
            Import {tenants(good)}
          </Button>
          <ButtonLink to="/tenants" variant="ghost" size="lg" className="max-md:w-full">
            Leave
          </ButtonLink>
        </div>
      </FormSection>
    </div>
  )
}

function TemplateOfAll(props: { value: string; onChange: (template: string) => void }) {
  const templates = useTemplates().data ?? []
  return (
    <FormSection number={2} title="Template" note="For rows that name none.">
      <div className="max-w-80">
        <Field label="Template of rows without one">
          {({ id }) => (
            <Select
              id={id}
              value={props.value || 'none'}
              onChange={(next) => props.onChange(next === 'none' ? '' : next)}
              options={[
                { value: 'none', label: 'Every row names its own' },
                ...templates.map(({ slug, name, readyVersion }) => ({
                  value: slug,
                  label: name,
                  disabled: readyVersion === null,
                })),
              ]}
            />
          )}
        </Field>
      </div>
    </FormSection>
  )
}
