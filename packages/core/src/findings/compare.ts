import {
  archivedSchemaNameOf,
  type FindingDetail,
  type FindingFacts,
  type FindingHolder,
  type FindingKind,
  roleNamesOf,
} from '@tenantry/contracts'

/** What a cluster has of one tenant, as `tenantry.reality()` says; without a `tenantId`, a schema that is nobody's. */
export interface RealTenant {
  readonly tenantId: string | null
  readonly lane: 'none' | 'empty' | 'present' | 'dropped'
  /** The name that the lane says. */
  readonly schema: string | null
  readonly fence: number
  readonly blocked: boolean
  readonly createdAt: string | null
  readonly found: readonly string[]
  readonly roles: readonly string[]
  readonly missing: readonly string[]
  readonly mayUse: boolean
  readonly logins: readonly string[]
  readonly shut: readonly string[]
  readonly ownerOpen: readonly string[]
  readonly wrong: readonly string[]
}

/** What the registry wants of one id on one cluster. */
export interface Wish {
  readonly id: string
  readonly holder: FindingHolder
  /** Null: nothing of it is to be there. */
  readonly there: { readonly schema: string; readonly fence: number; readonly open: boolean } | null
}

/** A difference, before it is a finding. */
export interface Difference {
  readonly kind: FindingKind
  readonly tenantId: string | null
  readonly subject: string
  readonly detail: FindingDetail
}

/** What a tenant's state wants of its cluster; undefined while nothing can be said because it is being built or erased. */
export function wishOfTenant(tenant: {
  readonly id: string
  readonly state: Exclude<FindingHolder, 'spare' | null>
  readonly schemaName: string
  readonly fence: number
}): Wish | undefined {
  const { id, state, schemaName, fence } = tenant
  switch (state) {
    case 'provisioning':
    case 'purging':
      return undefined
    case 'active':
    case 'suspended':
      return { id, holder: state, there: { schema: schemaName, fence, open: state === 'active' } }
    case 'archived':
      return { id, holder: state, there: { schema: archivedSchemaNameOf(id), fence, open: false } }
    default:
      return { id, holder: state, there: null }
  }
}

/** Every difference between what the registry wants of one id and what its cluster has; pure. */
export function compareTenant(wish: Wish, real: RealTenant | undefined): Difference[] {
  return wish.there ? compareWanted(wish, wish.there, real) : real ? compareUnwanted(wish, real) : []
}

function compareWanted(
  { id, holder }: Wish,
  there: NonNullable<Wish['there']>,
  real: RealTenant | undefined,
): Difference[] {
  const differences: Difference[] = []
  const tell = (kind: FindingKind, registry: FindingFacts, cluster: FindingFacts) =>
    differences.push({
      kind,
      tenantId: id,
      subject: there.schema,
      detail: { registry: { state: holder, ...registry }, cluster },
    })
  const found = real?.found ?? []
  if (real?.lane !== 'present') {
    const roles = real?.roles ?? []
    if (found.length) tell('lane_missing', { schema: there.schema }, { schemas: found, roles })
    else tell('schema_missing', { schema: there.schema }, { schema: null, roles })
    return differences
  }
  if (!found.length) tell('schema_missing', { schema: there.schema }, { schema: null, roles: real.roles })
  else if (real.schema !== there.schema || !found.includes(there.schema)) {
    tell('name_differs', { schema: there.schema }, { schemas: found, record: real.schema })
  }
  if (real.fence > there.fence) tell('fence_behind', { fence: there.fence }, { fence: real.fence })
  if (real.missing.length) {
    tell('role_missing', { roles: Object.values(roleNamesOf(id)) }, { missing: real.missing })
  }
  if (real.ownerOpen.length) tell('login_open', { owner: 'closed' }, { owner: real.ownerOpen })
  if (real.wrong.length) tell('privileges_differ', { privileges: 'as given' }, { differences: real.wrong })
  // Without its schema nothing can be said of who may use it.
  const access = {
    'may use its schema': real.mayUse,
    'can log in': real.logins,
    'cannot log in': real.shut,
    'marked as closed': real.blocked,
  }
  const isOpen = real.mayUse || real.logins.length > 0 || !real.blocked
  const isClosed = (found.length > 0 && !real.mayUse) || real.blocked || real.shut.length > 0
  if (!there.open && isOpen) tell('access_open', { access: 'closed' }, access)
  // A role that is gone closes the tenant too; the repair of the one is that of the other.
  if (there.open && isClosed && !real.missing.length) tell('access_closed', { access: 'open' }, access)
  return differences
}

function compareUnwanted({ id, holder }: Wish, real: RealTenant): Difference[] {
  const registry = { tenant: holder ?? 'none' }
  const facts = {
    schemas: real.found,
    roles: real.roles,
    fence: real.fence,
    'made at': real.createdAt,
  }
  const [schema] = real.found
  if (schema || (real.lane === 'present' && !real.roles.length)) {
    const subject = schema ?? real.schema ?? id
    return [{ kind: 'schema_orphan', tenantId: id, subject, detail: { registry, cluster: facts } }]
  }
  if (!real.roles.length && real.lane !== 'empty') return []
  return [{ kind: 'role_orphan', tenantId: id, subject: id, detail: { registry, cluster: facts } }]
}

/** A schema that is named like a tenant's and is nobody's. */
export function unknownSchema(name: string): Difference {
  return {
    kind: 'schema_unknown',
    tenantId: null,
    subject: name,
    detail: { registry: { tenant: 'none' }, cluster: { schema: name } },
  }
}
