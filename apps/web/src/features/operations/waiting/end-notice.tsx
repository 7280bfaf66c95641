import { Banner } from '../../../ui/banner.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import type { Operation } from '../use-operation.ts'

/** What a person did to an operation that is over: cancelled it, too late or in time, or put its failure aside. */
export function EndNotice({ operation }: { operation: Operation }) {
  const { state, cancelRequestedAt, cancelRequestedByName: by, asideAt } = operation
  if (asideAt) {
    return (
      <Banner tone="note" flush>
        {operation.asideByName} put this failure aside on <TimeStamp at={asideAt} withZone />:{' '}
        {operation.asideReason}
      </Banner>
    )
  }
  if (!cancelRequestedAt || !operation.finishedAt) return null
  const asked = (
    <>
      {by} cancelled it on <TimeStamp at={cancelRequestedAt} withZone />
    </>
  )
  if (state === 'succeeded') {
    return (
      <Banner tone="warn" flush>
        {asked}, but its last step was done first: it has succeeded.
      </Banner>
    )
  }
  return (
    <Banner tone="note" flush>
      {asked}
      {operation.error?.undone ? '; everything it had made was taken back.' : '.'}
    </Banner>
  )
}
