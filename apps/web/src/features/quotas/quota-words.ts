import { type QuotaResource, quotaResources } from '@tenantry/contracts'
import { formatBytes, formatCount } from '../../ui/number-format.ts'
import type { SimulatedLimit } from './use-quotas.ts'

/** An amount of a resource in words: `2.5 GB`, `1,200`, `30 s`. */
export function amountOf(resource: QuotaResource, amount: number): string {
  const { unit } = quotaResources[resource]
  if (unit === 'count') return formatCount(amount)
  if (unit === 'seconds') return `${formatCount(amount)} s`
  const { value, unit: size } = formatBytes(amount)
  return `${value} ${size}`
}

const tenants = (count: number) => (count === 1 ? '1 tenant' : `${formatCount(count)} tenants`)

/** What a limit would do, in a sentence; undefined when it would hold nobody and release nobody. */
export function sentenceOf({
  resource,
  over,
  heldNow,
  warned,
  released,
}: SimulatedLimit): string | undefined {
  const parts = [
    over > 0 && `${tenants(over)} would be over`,
    heldNow > 0 &&
      (quotaResources[resource].held === 'writes'
        ? `${formatCount(heldNow)} blocked at once`
        : `${formatCount(heldNow)} could have no more`),
    warned > 0 && `${formatCount(warned)} warned`,
    released > 0 && `${formatCount(released)} released`,
  ].filter((part) => part !== false)
  return parts.length ? `${quotaResources[resource].title}: ${parts.join(', ')}.` : undefined
}
