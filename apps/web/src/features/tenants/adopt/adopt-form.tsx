import { type AdoptableSchema, whyNotAdopted } from '@tenantry/contracts'
import { useState } from 'react'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { FormSection } from '../create/form-section.tsx'
import { useSlugCheck } from '../use-slug-check.ts'
import { AdoptDialog } from './adopt-dialog.tsx'
import { type AdoptDraft, useAdoptForm } from './adopt-form-state.ts'
import { AdoptReview } from './adopt-review.tsx'
import { ObstacleList } from './obstacle-list.tsx'
import { RolesSection } from './roles-section.tsx'
import { TemplateChoice } from './template-choice.tsx'

/** Everything about one adoption: what is in the way, what it shall be, and what that changes. */
export function AdoptForm(props: {
  found: AdoptableSchema
  cluster: { id: string; name: string }
  onLeave: () => void
  onRequested: (operationId: string) => void
}) {
  const { found, cluster } = props
  const form = useAdoptForm(cluster.id, found.schema)
  const draft = form.watch()
  const verdict = useSlugCheck(draft.slug)
  const stale = useStaleRefusal()
  const [reviewed, setReviewed] = useState<AdoptDraft>()
  const { errors } = form.formState
  const taken = verdict.kind === 'refused' && draft.slug ? verdict.reason : undefined
  const submit = form.handleSubmit((values) => setReviewed(values))
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="min-h-0 min-w-0 flex-1 max-lg:flex-none lg:overflow-y-auto"
        aria-label={`Adopt ${found.schema}`}
      >
        {found.obstacles.length > 0 && (
          <section aria-label="In the way" className="border-b border-line px-8 py-4.5 max-md:px-5">
            <h2 className="mb-2 text-14 font-semibold">
              {whyNotAdopted(found) ? 'In the way' : 'Worth knowing'}
            </h2>
            <ObstacleList obstacles={found.obstacles} />
          </section>
        )}
        <FormSection number={1} title="Identity" note="What people call it, and what machines do.">
          <div className="grid max-w-140 gap-3">
            <TextField
              label="Display name"
              autoComplete="off"
              error={errors.displayName?.message}
              {...form.register('displayName')}
            />
            <TextField
              label="Slug"
              mono
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={errors.slug?.message ?? taken}
              hint={
                verdict.kind === 'free' ? (
                  <>
                    <Mono>{found.schema}</Mono> becomes{' '}
                    <Mono className="text-ink-2">{verdict.schemaName}</Mono>
                  </>
                ) : (
                  'Lowercase letters, digits and single hyphens; part of the schema’s new name.'
                )
              }
              {...form.register('slug')}
            />
          </div>
        </FormSection>
        <TemplateChoice form={form} />
        <RolesSection form={form} found={found} />
        <div className="flex flex-wrap items-center gap-2 px-8 py-4 max-md:px-5">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            disabledReason={stale ?? whyNotAdopted(found) ?? taken}
            className="max-md:w-full"
          >
            Review and adopt…
          </Button>
          <Button variant="ghost" size="lg" onClick={props.onLeave} className="max-md:w-full">
            Another schema
          </Button>
        </div>
      </form>
      <AdoptReview found={found} draft={draft} cluster={cluster.name} />
      {reviewed && (
        <AdoptDialog
          found={found}
          draft={reviewed}
          cluster={cluster.name}
          onClose={() => setReviewed(undefined)}
          onRequested={props.onRequested}
        />
      )}
    </div>
  )
}
