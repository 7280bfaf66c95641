import { type FindingKind, findingKinds } from '@tenantry/contracts'
import { formatCount } from '../../ui/number-format.ts'

/** What a finding is called where there is room for two or three words. */
export const findingTitle: Record<FindingKind, string> = {
  schema_missing: 'Schema missing',
  schema_orphan: 'Orphaned schema',
  schema_unknown: 'Unknown schema',
  lane_missing: 'Record lost',
  name_differs: 'Name differs',
  role_missing: 'Role missing',
  role_orphan: 'Orphaned roles',
  privileges_differ: 'Privileges differ',
  login_open: 'Owner’s login open',
  access_open: 'Open, should be closed',
  access_closed: 'Closed, should be open',
  fence_behind: 'Registry is older',
}

/** The first sentence of what the kind means. */
export const findingMeaning = (kind: FindingKind): string => findingKinds[kind]

/** "3 findings", "1 finding" */
export const countFindings = (count: number) =>
  `${formatCount(count)} ${count === 1 ? 'finding' : 'findings'}`
