import { Skeleton } from '../../ui/skeleton.tsx'

/** The overview's geometry while it loads. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="The fleet is loading" className="flex min-h-0 flex-1 flex-col">
      <div className="grid h-14 grid-cols-[1.35fr_repeat(6,1fr)] border-b border-line max-lg:grid-cols-2">
        {['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => (
          <div
            key={key}
            className="grid content-center gap-2 border-line pl-5 lg:border-l lg:first:border-l-0"
          >
            <Skeleton className="h-3.5 w-12" />
            <Skeleton className="w-20" />
          </div>
        ))}
      </div>
      <div className="grid flex-1 content-start gap-3 p-5">
        <Skeleton className="w-24" />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-3/5" />
        <Skeleton className="w-2/3" />
      </div>
    </div>
  )
}
