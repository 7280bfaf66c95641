import { getQueryKey } from '@trpc/react-query'
import { trpc } from '../../api/trpc.ts'
import { useTopic } from '../../live/use-live.ts'
import { fleetKey } from './use-fleet.ts'

const tenantsKeys = [getQueryKey(trpc.tenants), fleetKey]
const operationsKeys = [getQueryKey(trpc.operations)]

/** The three topics of the whole fleet stay joined from page to page, so that coming back to a list costs nothing. */
export function useSharedTopics(): void {
  useTopic('fleet', {})
  useTopic('tenants', { queries: tenantsKeys })
  useTopic('operations', { queries: operationsKeys })
}
