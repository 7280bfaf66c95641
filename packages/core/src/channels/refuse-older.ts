import { TenantryError } from '@tenantry/contracts'

/** Refuses a change of what somebody else has changed since it was read. @throws TenantryError `version_conflict` */
export function refuseOlder(row: { name: string; rowVersion: number }, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === row.rowVersion) return
  throw new TenantryError('version_conflict', `Somebody else has changed ${row.name} meanwhile.`, {
    action: 'Look at it as it is now, then change it again.',
    rowVersion: row.rowVersion,
  })
}
