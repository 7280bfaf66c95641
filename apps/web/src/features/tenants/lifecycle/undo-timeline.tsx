import type { ReactNode } from 'react'
import { classNames } from '../../../ui/class-names.ts'

export interface Phase {
  readonly title: ReactNode
  readonly detail: ReactNode
  /** From here on there is no way back. */
  readonly final?: boolean
}

/** Now, until when it can be undone, and after: marks on a line, dotted once nothing can be undone. */
export function UndoTimeline(props: { phases: readonly Phase[] }) {
  return (
    <ol className="grid auto-cols-fr grid-flow-col text-12 text-ink-3 max-md:grid-flow-row max-md:gap-2">
      {props.phases.map(({ title, detail, final }, i) => (
        <li key={i} className="relative min-w-0 pt-3.5 pr-3">
          <span
            aria-hidden="true"
            className={classNames(
              'absolute inset-x-0 top-1 border-t-[1.5px] border-line-strong',
              final && 'border-dotted',
            )}
          />
          <span
            aria-hidden="true"
            className={classNames(
              'absolute top-0 left-0 size-2.25 border-2',
              final ? 'rounded-[2px] border-danger bg-danger' : 'rounded-full border-ink-3 bg-surface',
            )}
          />
          <span className="block text-13 font-medium text-ink">{title}</span>
          <span className="block break-words">{detail}</span>
        </li>
      ))}
    </ol>
  )
}
