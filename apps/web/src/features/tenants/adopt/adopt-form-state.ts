import { adoptTenantInput, slug, slugOfSchema } from '@tenantry/contracts'
import type { z } from 'zod'
import { useZodForm } from '../../../form/use-zod-form.ts'

/** What a person decides before the review; reason and typed name come with it. */
const wishSchema = adoptTenantInput
  .omit({ idempotencyKey: true, confirmSchema: true, reason: true })
  .extend({ slug })
export type AdoptDraft = z.input<typeof wishSchema>

/** The form of an adoption, begun with what the schema's name gives. */
export function useAdoptForm(clusterId: string, schema: string) {
  const derived = slugOfSchema(schema)
  const words = derived.replaceAll('-', ' ')
  return useZodForm(wishSchema, {
    clusterId,
    schema,
    slug: derived,
    displayName: words.charAt(0).toUpperCase() + words.slice(1),
    templateId: '',
    strict: true,
    keepRoles: [],
    labels: {},
    notes: '',
  })
}

export type AdoptFormState = ReturnType<typeof useAdoptForm>
