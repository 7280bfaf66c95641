import type { BulkKind, Permission } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import type { Actor } from '../actor.ts'
import type { CoreContext } from '../core-context.ts'
import { retryOperation } from '../operations/retry-operation.ts'
import { archiveTenant } from '../tenants/archive-tenant.ts'
import { discardTenant } from '../tenants/discard-tenant.ts'
import { provisionTenant } from '../tenants/provision-tenant.ts'
import { purgeTenant } from '../tenants/purge-tenant.ts'
import { restoreTenant } from '../tenants/restore-tenant.ts'
import { resumeTenant } from '../tenants/resume-tenant.ts'
import { suspendTenant } from '../tenants/suspend-tenant.ts'
import { asChild, type Child, type ChildVerb, onTenant, type Requested } from './as-child.ts'
import { moveAway } from './move-away.ts'

const verbs: Readonly<Record<BulkKind, ChildVerb>> = {
  // The warm pool is for sign-ups: an import would empty it.
  'tenant.provision': asChild(provisionTenant, ({ item }) => ({ ...item.input, fromPool: false })),
  'tenant.suspend': asChild(suspendTenant, onTenant),
  'tenant.resume': asChild(resumeTenant, onTenant),
  'tenant.archive': asChild(archiveTenant, onTenant),
  'tenant.restore': asChild(restoreTenant, onTenant),
  'tenant.purge': asChild(purgeTenant, onTenant),
  'tenant.discard': asChild(discardTenant, onTenant),
  'tenant.move': moveAway,
}
const retry = asChild(retryOperation, ({ item }) => ({ operationId: item.retryOf }))

/** What the children of a kind need of the bulk's requester. */
export const childPermission = (kind: BulkKind): Permission | null => verbs[kind].permission

/** Requests the operation of an item in `tx`. @throws TenantryError and whatever the database says */
export function requestChild(
  core: CoreContext,
  actor: Actor,
  tx: Database,
  child: Child,
): Promise<Requested> {
  return (child.item.retryOf ? retry : verbs[child.bulk.kind]).request(core, actor, tx, child)
}
