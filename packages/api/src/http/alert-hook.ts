import { alertmanagerPayload, TenantryError } from '@tenantry/contracts'
import { type CoreContext, receiveAlerts, sourceOfToken } from '@tenantry/core'
import type { FastifyInstance } from 'fastify'
import { isStorable } from './storable.ts'

/** As much as an Alertmanager sends of a group of some thousand alerts. */
const bodyLimit = 8 * 1024 * 1024

/** Where Alertmanagers outside deliver (webhook, version 4), each by the bearer token of its source. */
export async function alertHook(app: FastifyInstance, { core }: { core: CoreContext }): Promise<void> {
  app.post('/hooks/alertmanager', { bodyLimit }, async (request, reply) => {
    const token = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const source = await sourceOfToken(core.db, token)
    const payload = alertmanagerPayload.safeParse(request.body)
    if (!payload.success || !isStorable(request.body)) {
      const [issue] = payload.error?.issues ?? []
      const at = issue ? `: ${issue.path.join('.')}: ${issue.message}` : ''
      throw new TenantryError('invalid_input', `This is no Alertmanager webhook of version 4${at}.`, {
        action: 'Send what Alertmanager sends to a webhook_config.',
      })
    }
    const { incidentId } = await receiveAlerts(core, source.id, payload.data)
    return reply.code(200).send({ incidentId })
  })
}
