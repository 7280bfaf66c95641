import {
  bulkImportInput,
  bulkPermission,
  type ImportFault,
  needsCount,
  normaliseError,
  TenantryError,
} from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { type CheckedImport, checkImport } from './check-import.ts'
import { requireCount } from './choose-tenants.ts'
import { findRepeatedBulk, insertBulk } from './insert-bulk.ts'

/**
 * Asks for many tenants to be provisioned, a row each. Rows that are wrong stay behind as refused items, with their
 * reason; whoever asks has said how many they are.
 */
export const importTenants = defineVerb({
  action: 'bulk.start',
  permission: 'bulk.run',
  input: bulkImportInput,
  alsoNeeds: () => [bulkPermission['tenant.provision']],
  async run(context, input) {
    const repeated = await findRepeatedBulk(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const checked = await checkImport(context.tx, input.rows, input.template)
    const count = checked.good.length
    if (!count) refuseAll(checked)
    requireAcknowledged(checked, input.acknowledgeWrong)
    requireCount(count, input.expectCount, needsCount('tenant.provision', count, false), 'new tenants')
    const faultsOf = Map.groupBy(checked.faults, (fault) => fault.row)
    return insertBulk(
      context,
      {
        kind: 'tenant.provision',
        idempotencyKey: input.idempotencyKey,
        reason: input.reason,
        window: input.window,
      },
      [
        ...checked.good.map(({ row, ...wish }) => ({ ordinal: row, input: wish })),
        ...[...faultsOf].map(([row, faults]) => ({
          ordinal: row,
          input: { ...input.rows[row - 1] },
          refusal: refusalOf(faults),
        })),
      ],
      input,
    )
  },
})

function requireAcknowledged({ wrongRows, faults }: CheckedImport, acknowledged: number): void {
  if (wrongRows === acknowledged) return
  const [first] = faults
  throw new TenantryError(
    'version_conflict',
    `${wrongRows} rows are wrong, not ${acknowledged}${first ? `: in row ${first.row}, column ${first.column}: ${first.message}` : ''}.`,
    {
      field: 'acknowledgeWrong',
      count: wrongRows,
      action: wrongRows ? 'Mend them, or say that so many shall be left behind.' : 'Say that none is wrong.',
    },
  )
}

function refuseAll({ faults }: CheckedImport): never {
  const [first] = faults
  throw new TenantryError(
    'invalid_input',
    `No row can be imported; row ${first?.row}, column ${first?.column}: ${first?.message}.`,
    { field: 'rows', action: 'Mend the rows and send them again.' },
  )
}

/** What the item keeps: the first fault, and the others in its sentence. */
function refusalOf(faults: readonly ImportFault[]) {
  const [first] = faults
  if (!first) throw new Error('a row without fault is not refused')
  const message = faults.map((fault) => `${fault.column}: ${fault.message}`).join(' · ')
  return {
    code: first.code,
    message,
    field: first.column,
    action: 'Mend the row and import it again.',
    group: normaliseError({ code: first.code, message: `${first.column}: ${first.message}` }),
  }
}
