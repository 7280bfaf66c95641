import { randomBytes } from 'node:crypto'
import { roleNamesOf, rotateCredentialsInput } from '@tenantry/contracts'
import { scramVerifier } from '@tenantry/db/cluster'
import { cluster, tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import type { Enqueued } from '../operations/enqueue-operation.ts'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant } from './request-on-tenant.ts'

export interface IssuedCredentials extends Enqueued {
  /** Known here and now alone: only its verifier is kept. Null in the answer to a repeated request. */
  readonly password: string | null
  readonly host: string
  readonly port: number
  readonly database: string
  readonly schema: string
  /** The login roles take turns; the operation's result says which one it is. */
  readonly roles: readonly string[]
}

/**
 * Asks for new credentials of a tenant's product. The password is made here and told once; what travels and is kept is
 * its SCRAM verifier. It is good as soon as the operation has succeeded.
 */
export const rotateCredentials = defineVerb({
  action: 'tenant.rotate',
  permission: 'tenant.rotate',
  input: rotateCredentialsInput,
  async run(context, input): Promise<IssuedCredentials> {
    const password = randomBytes(24).toString('base64url')
    const enqueued = await requestOnTenant(context, 'tenant.rotate', input, () => ({
      verifier: scramVerifier(password),
      overlapUntil: new Date(Date.now() + input.overlapMinutes * 60_000).toISOString(),
    }))
    const [where] = await context.tx
      .select({ endpoint: cluster.endpoint, schema: tenant.schemaName })
      .from(tenant)
      .innerJoin(cluster, eq(cluster.id, tenant.clusterId))
      .where(eq(tenant.id, input.tenantId))
    if (!where) throw new Error(`tenant ${input.tenantId} vanished under its lock`)
    const { app } = roleNamesOf(input.tenantId)
    return {
      ...enqueued,
      password: enqueued.repeated ? null : password,
      ...where.endpoint,
      schema: where.schema,
      roles: [`${app}_a`, `${app}_b`],
    }
  },
})
