import { quotaResources } from '@tenantry/contracts'
import { Banner } from '../../../ui/banner.tsx'
import { Mono } from '../../../ui/tag.tsx'
import type { Standing } from '../../quotas/use-quotas.ts'

/** What a cluster does about a tenant's limits, where that is more than to be told of them. */
export function HeldBanner({ held }: { held: NonNullable<Standing['held']> }) {
  return (
    <>
      {held.blocked && (
        <Banner tone="failed" flush>
          {held.isTold ? 'Writing is blocked' : 'Writing is about to be blocked'}: storage is full. Reading,
          deleting and truncating go on; below 95 % of the limit it is released by itself.
        </Banner>
      )}
      {held.leaks.length > 0 && (
        <Banner tone="warn" flush>
          Some of its own code still writes, with its owner’s rights: <Mono>{held.leaks.join(', ')}</Mono>
        </Banner>
      )}
      {!held.isTold && held.fault && (
        <Banner tone="warn" flush>
          Its cluster was not told of these limits, and will be again: {held.fault}
        </Banner>
      )}
      {held.unheld.length > 0 && (
        <Banner tone="note" flush>
          Its cluster has no superuser, so that it cannot hold{' '}
          {held.unheld.map((resource) => quotaResources[resource].title.toLowerCase()).join(' and ')}.
        </Banner>
      )}
    </>
  )
}
