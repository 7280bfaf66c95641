import { provisionTenantInput } from '@tenantry/contracts'
import type { z } from 'zod'
import { useZodForm } from '../../../form/use-zod-form.ts'

/** All that a person decides; the key of the intent is not theirs. */
export const wishSchema = provisionTenantInput.omit({ idempotencyKey: true })
export type Wish = z.input<typeof wishSchema>

/** The form of a new tenant over the schema of its procedure. */
export function useWishForm(slug: string) {
  return useZodForm(wishSchema, {
    displayName: '',
    slug,
    templateId: '',
    labels: {},
    notes: '',
    fromPool: true,
  })
}

export type WishForm = ReturnType<typeof useWishForm>
