import { bulkPermission, bulkStartInput, isSevereBulk } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { chooseTenants } from './choose-tenants.ts'
import { findRepeatedBulk, insertBulk } from './insert-bulk.ts'

/** Asks for the same of many tenants: those of them that are in a state for it, chosen now and once. */
export const startBulk = defineVerb({
  action: 'bulk.start',
  permission: 'bulk.run',
  severe: ({ kind }) => isSevereBulk(kind),
  input: bulkStartInput,
  alsoNeeds: (_core, { kind }) => [bulkPermission[kind]],
  async run(context, input) {
    const repeated = await findRepeatedBulk(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const { kind, target, reason, window, keepDays, beforeWindowEnds } = input
    const ids = await chooseTenants(context.tx, { kind, target, beforeWindowEnds }, input.expectCount)
    return insertBulk(
      context,
      {
        kind,
        idempotencyKey: input.idempotencyKey,
        reason,
        window,
        ...('filter' in target ? { filter: target.filter } : {}),
        input: {
          ...(kind === 'tenant.archive' ? { keepDays } : {}),
          ...(kind === 'tenant.purge' ? { beforeWindowEnds } : {}),
        },
      },
      ids.map((tenantId, index) => ({ ordinal: index + 1, tenantId })),
      input,
    )
  },
})
