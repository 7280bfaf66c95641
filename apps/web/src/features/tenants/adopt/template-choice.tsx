import { useEffect } from 'react'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Select } from '../../../ui/select.tsx'
import { FormSection } from '../create/form-section.tsx'
import { useTemplates } from '../use-templates.ts'
import type { AdoptFormState } from './adopt-form-state.ts'

/** What it is held against: a template's newest ready version. */
export function TemplateChoice(props: { form: AdoptFormState }) {
  const { form } = props
  const query = useTemplates()
  const chosen = form.watch('templateId')
  const strict = form.watch('strict') ?? false
  const first = query.data?.find(({ readyVersion }) => readyVersion !== null)
  useEffect(() => {
    if (first && form.getValues('templateId') === '') form.setValue('templateId', first.id)
  }, [first, form])
  const fault = form.formState.errors.templateId?.message
  return (
    <FormSection
      number={2}
      title="Template"
      note="What it is held against, and where its next migrations come from."
    >
      <QueryPanel title="The templates" noun="templates" query={query} skeleton={<div className="h-8" />}>
        {(templates) => (
          <div className="grid max-w-140 gap-3">
            <Select
              label="Template"
              value={chosen}
              onChange={(id) => form.setValue('templateId', id, { shouldValidate: true })}
              options={templates.map(({ id, name, readyVersion }) => ({
                value: id,
                label: readyVersion === null ? name : `${name} v${readyVersion}`,
                disabled: readyVersion === null,
                ...(readyVersion === null ? { note: 'no version is ready' } : {}),
              }))}
            />
            <div className="flex items-start gap-2.5">
              <span className="pt-0.5">
                <Checkbox
                  label="Only if it is exactly that"
                  checked={strict}
                  onChange={(value) => form.setValue('strict', value)}
                />
              </span>
              <p className="text-ink-2">
                <span className="font-medium text-ink">Only if it is exactly that.</span> A schema whose
                fingerprint would differ is left as it is. Without this it is adopted with a fingerprint of
                its own.
              </p>
            </div>
          </div>
        )}
      </QueryPanel>
      {fault && (
        <p role="alert" className="mt-1 text-12">
          {fault}
        </p>
      )}
    </FormSection>
  )
}
