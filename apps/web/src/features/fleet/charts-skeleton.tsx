import { Skeleton } from '../../ui/skeleton.tsx'

/** The three charts while they load. */
export function ChartsSkeleton() {
  return (
    <div role="status" aria-label="The charts are loading" className="contents">
      {['queue', 'rate', 'duration'].map((key) => (
        <div key={key} className="h-57 border-line px-5 py-3.5 lg:border-l lg:first:border-l-0">
          <Skeleton className="w-28" />
        </div>
      ))}
    </div>
  )
}
