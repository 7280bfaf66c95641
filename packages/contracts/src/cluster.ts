import { z } from 'zod'
import { clusterId } from './identifiers.ts'
import type { StateMachine } from './state-machine.ts'
import { idempotencyKey, labels, type TenantState } from './tenant.ts'
import { tenantActions } from './tenant-actions.ts'

export const clusterStates = ['active', 'cordoned', 'detached'] as const
export type ClusterState = (typeof clusterStates)[number]

export const clusterMachine: StateMachine<ClusterState> = {
  noun: 'cluster',
  states: {
    active: 'Takes new tenants.',
    cordoned: 'Keeps what it has and takes no new tenants.',
    detached: 'No longer looked after; its history stays.',
  },
  initial: 'active',
  alsoInitial: ['cordoned'],
  final: ['detached'],
  transitions: [
    { from: 'active', to: 'cordoned', cause: 'cordoned' },
    { from: 'cordoned', to: 'active', cause: 'uncordoned' },
    { from: 'active', to: 'detached', cause: 'detached, with nothing left on it' },
    { from: 'cordoned', to: 'detached', cause: 'detached, with nothing left on it' },
  ],
}

/** What can be done to a cluster, and in which of its states. */
const clusterActions = {
  'cluster.change': ['active', 'cordoned'],
  'cluster.cordon': ['active'],
  'cluster.uncordon': ['cordoned'],
  'cluster.drain': ['active', 'cordoned'],
  'cluster.detach': ['active', 'cordoned'],
} as const satisfies Record<string, readonly ClusterState[]>
export type ClusterAction = keyof typeof clusterActions

const asked: Readonly<Record<ClusterAction, string>> = {
  'cluster.change': 'A detached cluster is history',
  'cluster.cordon': 'Only active clusters are cordoned',
  'cluster.uncordon': 'Only cordoned clusters are uncordoned',
  'cluster.drain': 'A detached cluster has nothing to move away',
  'cluster.detach': 'A cluster is detached once',
}

/** Why an action is not possible in a state, in a sentence; undefined when it is. */
export function whyNotOnCluster(action: ClusterAction, state: ClusterState): string | undefined {
  const allowed: readonly ClusterState[] = clusterActions[action]
  return allowed.includes(state) ? undefined : `${asked[action]}; this one is ${state}.`
}

/** What is still on a cluster and keeps it from being detached. */
export interface ClusterUse {
  readonly tenants: number
  readonly spares: number
  readonly operations: number
}

/** Why a cluster cannot be detached yet, with the numbers; undefined when nothing is left on it. */
export function whyInUse({ tenants, spares, operations }: ClusterUse): string | undefined {
  const count = (n: number, one: string) => (n ? [`${n} ${one}${n === 1 ? '' : 's'}`] : [])
  const left = [
    ...count(tenants, 'tenant'),
    ...count(spares, 'spare schema'),
    ...count(operations, 'unfinished operation'),
  ]
  if (left.length === 0) return undefined
  const last = left.pop()
  return `${left.length ? `${left.join(', ')} and ${last}` : last} ${tenants + spares + operations === 1 ? 'is' : 'are'} still there.`
}

export const clusterName = z
  .string()
  .trim()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    'A name starts with a letter and holds lowercase letters, digits and hyphens, at most 40',
  )

/** Other parameters of a connection string could name another host, or files of the server that reads it. */
const allowedParameters = ['sslmode', 'uselibpqcompat']

/** A connection string of whoever may install Tenantry's side. A secret: it is sealed and never sent back. */
export const adminUrl = z
  .string()
  .trim()
  .max(2000, 'A connection string has at most 2000 characters')
  .superRefine((value, context) => {
    const fault = faultOfUrl(value)
    if (fault) context.addIssue({ code: 'custom', message: fault })
  })

function faultOfUrl(value: string): string | undefined {
  if (!/^postgres(ql)?:\/\//.test(value)) return 'It starts with postgres:// or postgresql://'
  if (!URL.canParse(value)) return 'Not a connection string: postgres://user:password@host:5432/database'
  const { hostname, username, password, pathname, searchParams } = new URL(value)
  if (!hostname) return 'The host is missing'
  if (!username) return 'The user is missing: postgres://user:password@host:5432/database'
  if (pathname.length < 2) return 'The database is missing after the host'
  if ([username, password, pathname, hostname].some((part) => !isDecodable(part))) {
    return 'A % stands alone: write it as %25'
  }
  const other = [...searchParams.keys()].find((name) => !allowedParameters.includes(name))
  return other === undefined ? undefined : `Only ${allowedParameters[0]} may follow the question mark`
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}

const amount = z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional()

/** What an administrator lets a cluster hold at most; what is left out has no limit. */
export const clusterLimits = z.strictObject({
  tenants: amount,
  relations: amount,
  databaseBytes: amount,
  catalogBytes: amount,
})
export type ClusterLimits = z.infer<typeof clusterLimits>

/** Operations at once, for each worker process. */
export const clusterConcurrency = z.number().int().min(1).max(64)

const why = z.string().trim().min(3, 'Say why, in a few words').max(500)
/** The row version that the editor saw; a newer one refuses the change with `version_conflict`. */
const ifVersion = z.number().int().positive()

/** Looks at a database that may become a cluster, or at one that is. */
export const checkClusterInput = z.union([
  z.strictObject({ adminUrl, maxConcurrency: clusterConcurrency.default(4) }),
  z.strictObject({ clusterId, adminUrl: adminUrl.optional() }),
])

export const addClusterInput = z.object({
  name: clusterName,
  adminUrl,
  labels: labels.default({}),
  limits: clusterLimits.default({}),
  maxConcurrency: clusterConcurrency.default(4),
  /** Takes no tenants until it is uncordoned. */
  cordoned: z.boolean().default(false),
})

export const changeClusterInput = z
  .object({
    clusterId,
    ifVersion,
    name: clusterName.optional(),
    labels: labels.optional(),
    limits: clusterLimits.optional(),
    maxConcurrency: clusterConcurrency.optional(),
    adminUrl: adminUrl.optional(),
  })
  .refine((value) => Object.values(value).filter((one) => one !== undefined).length > 2, {
    message: 'Nothing to change',
  })

export const cordonClusterInput = z.object({ clusterId, ifVersion: ifVersion.optional(), reason: why })
export const uncordonClusterInput = z.object({ clusterId, ifVersion: ifVersion.optional() })

export const drainClusterInput = z.object({
  idempotencyKey,
  clusterId,
  reason: why,
  /** The number of tenants that whoever asks saw: those that can be moved. Refused with the true one when it differs. */
  expectCount: z.number().int().nonnegative().max(1_000_000),
})

export const detachClusterInput = z.object({
  clusterId,
  ifVersion,
  reason: why,
  /** The cluster's name, typed by whoever asks. */
  confirmName: z.string(),
})

/** How many of a cluster's tenants a drain moves away: the others have to be settled first, or stay. */
export function movableOf(tenants: Partial<Record<TenantState, number>>): number {
  return tenantActions['tenant.move'].reduce((sum, state) => sum + (tenants[state] ?? 0), 0)
}
