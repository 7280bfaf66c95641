import type { AdoptableSchema } from '@tenantry/contracts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { FormSection } from '../create/form-section.tsx'
import type { AdoptFormState } from './adopt-form-state.ts'

/** Who of those that log in today goes on working. */
export function RolesSection(props: { form: AdoptFormState; found: AdoptableSchema }) {
  const { form, found } = props
  const kept = form.watch('keepRoles') ?? []
  const toggle = (name: string, isKept: boolean) =>
    form.setValue('keepRoles', isKept ? [...kept, name] : kept.filter((one) => one !== name))
  return (
    <FormSection
      number={3}
      title="Roles to keep"
      note="They become members of the tenant’s application role: their credentials go on, to read and write. All others lose their access."
    >
      {found.roles.length === 0 ? (
        <p className="text-ink-3">Nobody who logs in has access to it today.</p>
      ) : (
        <fieldset className="max-w-140 min-w-0 overflow-hidden rounded-md border border-line">
          <legend className="sr-only">Roles to keep</legend>
          {found.roles.map(({ name, superuser }) => (
            <div
              key={name}
              className="flex min-h-8 items-center gap-2.5 border-line px-3 py-1.5 not-first:border-t max-md:min-h-11"
            >
              {superuser ? (
                <span aria-hidden="true" className="w-3.5" />
              ) : (
                <Checkbox
                  label={`Keep ${name}`}
                  checked={kept.includes(name)}
                  onChange={(isKept) => toggle(name, isKept)}
                />
              )}
              <Mono className="truncate font-medium">{name}</Mono>
              <span className="ml-auto text-12 text-ink-3">
                {superuser
                  ? 'a superuser gets in everywhere'
                  : name === found.owner
                    ? 'owns it today; will read and write'
                    : kept.includes(name)
                      ? 'goes on'
                      : 'loses its access'}
              </span>
            </div>
          ))}
        </fieldset>
      )}
    </FormSection>
  )
}
