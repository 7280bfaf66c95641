import type { ErrorCode, OperationError } from '@tenantry/contracts'
import { type ClaimedOperation, claimOperation } from '../operations/claim-operation.ts'
import { beginUndo, failOperation } from '../operations/end-operation.ts'
import type { Enqueued } from '../operations/enqueue-operation.ts'
import { recordGivenUp } from '../operations/record-given-up.ts'
import { runVerb } from '../run-verb.ts'
import { provisionTenant } from '../tenants/provision-tenant.ts'
import type { TestCore } from './create-core.ts'

let count = 0

/** The error that a refusal is, for `toEqual` of `expect(…).rejects`. */
export const refusal = (code: ErrorCode) => ({ name: 'TenantryError', code })

export const failure: OperationError = { code: 'XX000', message: 'broken', class: 'permanent', attempt: 1 }
export const nothing = async () => {}

/** What the tests of verbs ask again and again of one control database. */
export function askCore(test: TestCore) {
  const rows = async (query: string) => (await test.control.pool.query(query)).rows
  const request = (slug = `college-${++count}`, key = `key-${slug}-${++count}`) => ({
    idempotencyKey: key,
    slug,
    displayName: `College ${slug}`,
    templateId: test.ids.template,
    labels: {},
    notes: '',
    fromPool: true,
  })
  const provision = (input: ReturnType<typeof request> = request()): Promise<Enqueued> =>
    runVerb(test.core, test.ana, provisionTenant, input)
  const claim = async (id: string, worker = 'w1'): Promise<ClaimedOperation> => {
    const claimed = await claimOperation(test.core, id, worker, 10_000)
    if (!claimed) throw new Error('not claimed')
    return claimed
  }
  const fail = async (claimed: ClaimedOperation, error: OperationError = failure) => {
    await beginUndo(test.core, claimed, error, nothing)
    await failOperation(test.core, claimed, error, (tx) => recordGivenUp(tx, claimed.operation, error))
  }
  return {
    rows,
    request,
    provision,
    claim,
    /** Ends a claimed operation as one that gave up. */
    fail,
    /** An operation's rows in the audit log. */
    auditOf: (operationId: string) =>
      rows(`select action, outcome, actor_name, error_code from control.audit
        where operation_id = '${operationId}' order by at`),
    /** A tenant whose provision has failed. */
    async failedTenant(error: OperationError = failure): Promise<Enqueued> {
      const made = await provision()
      await fail(await claim(made.operationId), error)
      return made
    },
    /** Everything that a change could have left behind. */
    footprint: () =>
      rows(`select (select count(*) from control.tenant) as tenants, (select count(*) from control.operation) as operations,
        (select count(*) from pgboss.job) as jobs`),
  }
}
