import { keepPreviousData } from '@tanstack/react-query'
import { metricNames, metrics, severities } from '@tenantry/contracts'
import { trpc } from '../../../api/trpc.ts'
import { severityWord } from '../alert-words.ts'

/** `null`: any text. */
export type KnownNames = ReadonlyMap<string, string> | null

/** What each fact may be, by id with its name; tenants are too many and are searched. */
export function useMatcherValues() {
  const rules = trpc.rules.list.useQuery().data
  const clusters = trpc.clusters.list.useQuery({ detached: false }).data
  const known: Record<string, KnownNames> = {
    rule: new Map(rules?.map(({ id, name }) => [id, name])),
    severity: new Map(severities.map((value) => [value, severityWord[value]])),
    cluster: new Map(clusters?.map(({ id, name }) => [id, name])),
    metric: new Map(metricNames.map((name) => [name, `${metrics[name].title} (${name})`])),
  }
  return { namesOf: (fact: string): KnownNames => known[fact] ?? null }
}

/** Tenants whose slug holds what was typed. */
export function useTenantsLike(typed: string) {
  const query = trpc.tenants.list.useQuery(
    { text: typed, limit: 8 },
    { enabled: typed.length > 0, placeholderData: keepPreviousData },
  )
  return query.data?.items ?? []
}

/** The slug of a tenant that is known by its id. */
export function useTenantSlug(id: string, enabled: boolean): string | undefined {
  return trpc.tenants.get.useQuery({ id }, { enabled, staleTime: 60_000 }).data?.slug
}
