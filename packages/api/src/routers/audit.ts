import { auditActions, auditOutcomes, operationId, tenantId } from '@tenantry/contracts'
import { listAudit, proveAudit } from '@tenantry/db/queries'
import { z } from 'zod'
import { question, router } from '../trpc.ts'
import { instant, paging, text } from './inputs.ts'

const listing = z.object({
  ...paging,
  text,
  actions: z.array(z.enum(auditActions)).max(auditActions.length).optional(),
  outcomes: z.array(z.enum(auditOutcomes)).max(auditOutcomes.length).optional(),
  actorId: z.string().max(100).optional(),
  tenantId: tenantId.optional(),
  targetId: z.string().max(100).optional(),
  operationId: operationId.optional(),
  requestId: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
})

export const auditRouter = router({
  list: question('audit.read')
    .input(listing)
    .query(({ ctx, input }) => listAudit(ctx.door.core.db, input)),
  verify: question('audit.read').query(({ ctx }) => proveAudit(ctx.door.core.db)),
})
