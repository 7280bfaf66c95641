import { useEffect } from 'react'
import { EmptyNothing } from '../../../ui/empty.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { templateLook } from '../../../ui/state-tones.ts'
import { Status } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { usePool } from '../../pool/use-pool.ts'
import { type TemplateRow, useTemplate, useTemplates } from '../use-templates.ts'
import { FormSection } from './form-section.tsx'
import type { WishForm } from './wish-form.ts'

function TemplateFacts({ template }: { template: TemplateRow }) {
  const version = useTemplate(template.id).data?.versions.find((one) => one.version === template.readyVersion)
  if (template.readyVersion === null) {
    return template.newestState ? (
      <Status look={templateLook[template.newestState]}>
        {templateLook[template.newestState].word}, none ready
      </Status>
    ) : (
      <>none ready</>
    )
  }
  return (
    <>
      <Mono>v{template.readyVersion}</Mono>
      {version?.relations && `, ${formatCount(version.relations)} relations`}
      {version?.statements && `, ${formatCount(version.statements)} statements`},{' '}
      {formatCount(template.migrations)} {template.migrations === 1 ? 'migration' : 'migrations'}
    </>
  )
}

/** What its schema is built from: the newest version that is ready. */
export function TemplateSection(props: { form: WishForm }) {
  const { form } = props
  const query = useTemplates()
  const chosen = form.watch('templateId')
  // The one that most tenants have is what is meant most often.
  const first = query.data
    ?.filter(({ readyVersion }) => readyVersion !== null)
    .toSorted((a, b) => b.tenants - a.tenants)[0]
  useEffect(() => {
    if (first && form.getValues('templateId') === '') form.setValue('templateId', first.id)
  }, [first, form])
  const fault = form.formState.errors.templateId?.message
  return (
    <FormSection
      number={3}
      title="Template"
      note="Its tables, functions, policies and seed data come from here."
    >
      <QueryPanel title="The templates" noun="templates" query={query} skeleton={<div className="h-11" />}>
        {(templates) =>
          templates.length === 0 ? (
            <div className="-m-5">
              <EmptyNothing title="No templates yet">
                A template is a history of migrations, published through the API as{' '}
                <Mono>templates.publish</Mono>.
              </EmptyNothing>
            </div>
          ) : (
            <fieldset className="max-w-140 min-w-0 overflow-hidden rounded-md border border-line">
              <legend className="sr-only">Template</legend>
              {templates.map((template) => (
                <label
                  key={template.id}
                  className="flex items-start gap-2.5 border-line px-3 py-2 not-first:border-t has-checked:bg-accent-tint has-disabled:text-ink-3"
                >
                  <input
                    type="radio"
                    name="template"
                    disabled={template.readyVersion === null}
                    checked={chosen === template.id}
                    onChange={() => form.setValue('templateId', template.id, { shouldValidate: true })}
                    className="mt-1 accent-accent"
                  />
                  <span className="min-w-0 flex-1">
                    <span className="font-medium">{template.name}</span>
                    <span className="num ml-2 text-12 text-ink-3">
                      <TemplateFacts template={template} />
                    </span>
                    {template.description && (
                      <span className="block text-12 text-ink-3">{template.description}</span>
                    )}
                  </span>
                </label>
              ))}
            </fieldset>
          )
        }
      </QueryPanel>
      <PoolWish form={form} />
      {fault && (
        <p role="alert" className="mt-1 text-12">
          {fault}
        </p>
      )}
    </FormSection>
  )
}

/** Whether it may take a schema that is ready, where a pool of its template is kept. */
function PoolWish({ form }: { form: WishForm }) {
  const templateId = form.watch('templateId')
  const pool = usePool().data?.find((one) => one.templateId === templateId)
  if (!pool?.clusters.some((row) => row.wanted > 0)) return null
  return (
    <label className="mt-2 flex min-h-6 max-w-140 items-center gap-2 max-md:min-h-11">
      <input type="checkbox" className="accent-accent" {...form.register('fromPool')} />
      <span>Take a schema of the warm pool where one is ready</span>
    </label>
  )
}
