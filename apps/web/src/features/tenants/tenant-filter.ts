import {
  clusterId,
  type Labels,
  labels as labelsSchema,
  type TenantFilter,
  type TenantState,
  tenantMachine,
  tenantStates,
} from '@tenantry/contracts'
import type { RouterInputs } from '../../api/trpc.ts'
import { parseSort } from '../../table/column.ts'

/** What the address of the list says. */
export interface TenantSearch {
  readonly q: string
  readonly state: readonly TenantState[]
  /** `plan:enterprise,region:eu`: see `readLabels`. */
  readonly label: string
  /** A cluster's id. */
  readonly cluster: string
  readonly sort: string
}

export type TenantListing = RouterInputs['tenants']['list']

const sorts = { slug: 'slug', createdAt: 'created', updatedAt: 'updated' } as const

/** Labels as they stand in an address; what is no label is left out. Commas inside values are escaped. */
export function readLabels(text: string): Labels {
  const pairs = text.split(',').flatMap((part) => {
    const at = part.indexOf(':')
    return at > 0
      ? [
          [
            part.slice(0, at),
            part
              .slice(at + 1)
              .replaceAll('%2C', ',')
              .replaceAll('%25', '%'),
          ],
        ]
      : []
  })
  return Object.fromEntries(
    pairs.filter(([key, value]) => labelsSchema.safeParse({ [String(key)]: value }).success),
  )
}

export function writeLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}:${value.replaceAll('%', '%25').replaceAll(',', '%2C')}`)
    .join(',')
}

/** The question to the server; a value that it would refuse is left out. */
export function listingOf(search: TenantSearch): TenantListing {
  const labels = readLabels(search.label)
  const sort = parseSort(search.sort)
  return {
    ...(search.q ? { text: search.q } : {}),
    ...(search.state.length ? { states: [...search.state] } : {}),
    ...(Object.keys(labels).length ? { labels } : {}),
    ...(clusterId.safeParse(search.cluster).success ? { clusterId: search.cluster } : {}),
    sort: sorts[sort.id as keyof typeof sorts] ?? 'slug',
    dir: sort.desc ? 'desc' : 'asc',
  }
}

/** What chooses tenants in a listing, without its order: what a bulk operation is given. */
export function filterOf({ text, states, labels, clusterId }: TenantListing): TenantFilter {
  return {
    ...(text ? { text } : {}),
    ...(states ? { states } : {}),
    ...(labels ? { labels } : {}),
    ...(clusterId ? { clusterId } : {}),
  }
}

/** How many parts of the filter hold; the order is none. */
export function countFilters(search: TenantSearch): number {
  const { text, states, labels, clusterId } = listingOf(search)
  return [text, states, clusterId].filter(Boolean).length + Object.keys(labels ?? {}).length
}

/** Whether the list would hold a tenant of which the socket has told. */
export function isListed(listing: TenantListing, patch: Readonly<Record<string, unknown>>): boolean {
  const { text, states, labels, clusterId } = listing
  const words = text?.toLowerCase()
  const own = (patch.labels ?? {}) as Labels
  const state = patch.state as TenantState
  return (
    (states ? states.includes(state) : !tenantMachine.final.includes(state)) &&
    (!clusterId || patch.clusterId === clusterId) &&
    Object.entries(labels ?? {}).every(([key, value]) => own[key] === value) &&
    (!words ||
      [patch.slug, patch.displayName].some((name) => String(name).toLowerCase().includes(words)) ||
      patch.id === text)
  )
}

export interface TypedFilter {
  /** What is left to search for as text. */
  readonly q: string
  readonly state: readonly TenantState[]
  readonly labels: Labels
  readonly cluster: string | undefined
}

/**
 * Takes `state:failed`, `label:plan:enterprise` (or `label:plan=enterprise`) and `cluster:main` out of what was typed. A
 * part counts when a space follows it, or when `ended` says that the person pressed Enter.
 */
export function takeTypedFilter(
  typed: string,
  clusters: readonly { id: string; name: string }[],
  ended = false,
): TypedFilter {
  const state: TenantState[] = []
  const labels: Labels = {}
  let cluster: string | undefined
  const parts = typed.split(/(?<=\s)/)
  const kept = parts.filter((part) => {
    if (!ended && !/\s$/.test(part)) return true
    const [, name, value] = /^(state|status|label|cluster):(.+)$/.exec(part.trim()) ?? []
    if (!name || !value) return true
    if (name === 'label') {
      const [, key, labelValue] = /^([^:=]+)[:=](.*)$/.exec(value) ?? []
      if (!key || labelValue === undefined || !labelsSchema.safeParse({ [key]: labelValue }).success)
        return true
      labels[key] = labelValue
      return false
    }
    if (name === 'cluster') {
      const found = clusters.find((one) => one.name === value)
      cluster = found?.id ?? cluster
      return !found
    }
    const states = value
      .split(',')
      .filter((one): one is TenantState => tenantStates.includes(one as TenantState))
    state.push(...states)
    return states.length === 0
  })
  return { q: kept.join('').trimStart(), state, labels, cluster }
}
