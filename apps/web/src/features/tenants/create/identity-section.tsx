import { CircleCheck, LoaderCircle } from 'lucide-react'
import { useRef } from 'react'
import { TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { TextLink } from '../../../ui/link.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { deriveSlug } from '../derive-slug.ts'
import type { SlugVerdict } from '../use-slug-check.ts'
import { FormSection } from './form-section.tsx'
import type { WishForm } from './wish-form.ts'

function SlugHint({ verdict }: { verdict: SlugVerdict }) {
  if (verdict.kind === 'checking') {
    return (
      <span className="inline-flex items-center gap-1">
        <Icon of={LoaderCircle} size={12} className="turning" /> Looking whether it is free
      </span>
    )
  }
  if (verdict.kind === 'free') {
    return (
      <span className="inline-flex items-center gap-1">
        <Icon of={CircleCheck} size={12} className="tone-ok text-tone-icon" bold /> Free. Its schema will be{' '}
        <Mono className="text-ink-2">{verdict.schemaName}</Mono>
      </span>
    )
  }
  return 'Lowercase letters, digits and single hyphens; part of its schema’s name.'
}

/** The name for people and the slug for machines; the slug follows the name until somebody writes it. */
export function IdentitySection(props: { form: WishForm; verdict: SlugVerdict; startsTouched: boolean }) {
  const { form, verdict } = props
  const touched = useRef(props.startsTouched)
  const { errors } = form.formState
  const name = form.register('displayName')
  const slug = form.register('slug')
  const taken =
    verdict.kind === 'refused' ? (
      <>
        {verdict.reason}
        {verdict.holder && (
          <>
            .{' '}
            <TextLink to="/tenants/$slug" params={{ slug: form.getValues('slug') }}>
              Look at it
            </TextLink>{' '}
            or choose another
          </>
        )}
        .
      </>
    ) : undefined
  return (
    <FormSection number={1} title="Identity" note="What people call it, and what machines do.">
      <div className="grid max-w-140 gap-3">
        <TextField
          label="Display name"
          placeholder="Northport University"
          autoComplete="off"
          error={errors.displayName?.message}
          {...name}
          onChange={(event) => {
            void name.onChange(event)
            if (!touched.current) {
              form.setValue('slug', deriveSlug(event.target.value), {
                shouldValidate: form.formState.isSubmitted,
              })
            }
          }}
        />
        <TextField
          label="Slug"
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="northport-university"
          error={errors.slug?.message ?? taken}
          hint={<SlugHint verdict={verdict} />}
          {...slug}
          onChange={(event) => {
            // An emptied slug follows the name again.
            touched.current = event.target.value !== ''
            void slug.onChange(event)
          }}
        />
      </div>
    </FormSection>
  )
}
