import { clusterId, labels, TenantryError, tenantId, tenantStates } from '@tenantry/contracts'
import {
  adoptTenant,
  annotateTenant,
  archiveTenant,
  cloneTenant,
  discardTenant,
  moveTenant,
  previewPlacement,
  provisionTenant,
  purgeTenant,
  renameTenant,
  restoreTenant,
  resumeTenant,
  rotateCredentials,
  suspendTenant,
  transferTenant,
} from '@tenantry/core'
import { checkSlug, knownLabels, listTenants } from '@tenantry/db/queries'
import { z } from 'zod'
import { cachedTenant } from '../cached-questions.ts'
import { command, question, router } from '../trpc.ts'
import { byIdOrSlug, paging, text } from './inputs.ts'

const listing = z.object({
  ...paging,
  text,
  states: z.array(z.enum(tenantStates)).max(tenantStates.length).optional(),
  labels: labels.optional(),
  clusterId: clusterId.optional(),
  sort: z.enum(['created', 'slug', 'updated']).optional(),
  dir: z.enum(['asc', 'desc']).optional(),
})

export const tenantsRouter = router({
  list: question('tenant.read')
    .input(listing)
    .query(({ ctx, input }) => listTenants(ctx.door.core.db, input)),
  get: question('tenant.read')
    .input(byIdOrSlug(tenantId))
    .query(async ({ ctx, input }) => {
      const found = await cachedTenant(ctx, input)
      if (!found)
        throw new TenantryError('not_found', 'There is no such tenant.', { action: 'Go back to the list.' })
      return found
    }),
  slugCheck: question('tenant.read')
    .input(z.object({ slug: z.string().max(200) }))
    .query(({ ctx, input }) => checkSlug(ctx.door.core.db, input.slug)),
  placement: question('tenant.read')
    .input(z.object({ clusterId: clusterId.optional(), labels: labels.optional() }))
    .query(({ ctx, input }) => previewPlacement(ctx.door.core.db, input)),
  labels: question('tenant.read').query(({ ctx }) => knownLabels(ctx.door.core.db)),
  provision: command(provisionTenant),
  adopt: command(adoptTenant),
  annotate: command(annotateTenant),
  discard: command(discardTenant),
  suspend: command(suspendTenant),
  resume: command(resumeTenant),
  rename: command(renameTenant),
  clone: command(cloneTenant),
  move: command(moveTenant),
  transfer: command(transferTenant),
  rotate: command(rotateCredentials),
  archive: command(archiveTenant),
  restore: command(restoreTenant),
  purge: command(purgeTenant),
})
