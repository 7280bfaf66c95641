import { classNames } from './class-names.ts'

/** A grey bar with the geometry of what is coming; appears only when the wait is over 150 ms. */
export function Skeleton(props: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('appear-late block h-2 rounded-[2px] bg-surface-3', props.className)}
    />
  )
}

/** Rows of a list that is loading, 32 px each. */
export function SkeletonRows(props: { rows: number; label: string }) {
  return (
    <div role="status" aria-label={props.label}>
      {Array.from({ length: props.rows }, (_, i) => (
        <div
          key={i}
          className="gutter grid h-8 grid-cols-[14px_70px_1fr_60px] items-center gap-3 border-b border-line"
        >
          <Skeleton />
          <Skeleton />
          <Skeleton className={['w-7/10', 'w-1/2', 'w-3/5'][i % 3] ?? 'w-1/2'} />
          <Skeleton />
        </div>
      ))}
    </div>
  )
}
