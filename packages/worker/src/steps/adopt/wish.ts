import type { ClaimedOperation } from '@tenantry/core'

/** What an adoption was asked for, as its verb has written it down. */
export function wishOf({ operation, templateVersion }: ClaimedOperation) {
  const { schema, strict, keepRoles } = operation.input
  return {
    /** The schema's name before. */
    schema: String(schema),
    strict: strict === true,
    keepRoles: (keepRoles ?? []) as string[],
    /** What the template promises. */
    fingerprint: templateVersion?.fingerprint ?? null,
  }
}
