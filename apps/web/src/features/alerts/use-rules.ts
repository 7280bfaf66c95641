import { type RouterOutputs, trpc } from '../../api/trpc.ts'

export type Rule = RouterOutputs['rules']['list'][number]
export type RuleStanding = Rule['standing']
export type Route = RouterOutputs['rules']['routes'][number]

/** Every rule, by name. */
export function useRules() {
  return trpc.rules.list.useQuery()
}

export function useRule(id: string, enabled = true) {
  return trpc.rules.get.useQuery({ id }, { enabled })
}

/** The policies that a rule can name. */
export function useRoutes() {
  return trpc.rules.routes.useQuery()
}
