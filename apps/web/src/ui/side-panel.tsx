import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/**
 * A column at the right edge of a sheet, parted by a line. Widths: 288 verbs, 324 attention, 360 operation, 372 peek, 448
 * connection. Under 1024 px it goes below.
 */
export function SidePanel(props: { label: string; width: number; children: ReactNode; className?: string }) {
  return (
    <aside
      aria-label={props.label}
      style={{ '--side': `${props.width}px` } as React.CSSProperties}
      className={classNames(
        'flex min-h-0 shrink-0 flex-col overflow-y-auto bg-surface max-lg:border-t max-lg:border-line lg:w-(--side) lg:border-l lg:border-line',
        props.className,
      )}
    >
      {props.children}
    </aside>
  )
}

/** One block of a side panel: padded, with a small head. */
export function SideSection(props: {
  title?: ReactNode
  end?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={classNames('border-b border-line px-4 py-2.5 last:border-b-0', props.className)}>
      {props.title && (
        <h3 className="mb-1.5 flex items-center justify-between text-12 font-medium text-ink-3">
          <span>{props.title}</span>
          {props.end && <span className="font-normal">{props.end}</span>}
        </h3>
      )}
      {props.children}
    </section>
  )
}
