import { createHash, randomBytes } from 'node:crypto'
import { addAlertSourceInput } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { alertSource } from '@tenantry/db/schema'
import { lockPolicy } from '../on-call/lock-policy.ts'
import { defineVerb } from '../run-verb.ts'

export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** Lets the alerts of an Alertmanager outside come in. Its token is told this once; only its hash is kept. @throws TenantryError `not_found` for a policy that is gone */
export const addAlertSource = defineVerb({
  action: 'source.add',
  permission: 'channel.write',
  input: addAlertSourceInput,
  async run({ tx, audit }, { name, policyId }) {
    if (policyId) await lockPolicy(tx, policyId)
    const sourceId = newId('so')
    const token = `tnt_am_${randomBytes(32).toString('base64url')}`
    await tx.insert(alertSource).values({ id: sourceId, name, policyId, tokenHash: hashToken(token) })
    audit({ target: { kind: 'source', id: sourceId }, after: { name, policyId } })
    return { sourceId, token }
  },
})
