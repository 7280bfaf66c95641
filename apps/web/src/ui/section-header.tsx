import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** The 36 px head of a region: title, meta in ink-3, and at the end what acts on the region. */
export function SectionHeader(props: {
  title: ReactNode
  meta?: ReactNode
  children?: ReactNode
  side?: boolean
}) {
  return (
    <div
      className={classNames(
        'flex h-9 shrink-0 items-center gap-2 whitespace-nowrap',
        props.side ? 'px-4' : 'gutter',
      )}
    >
      <h2 className="text-13 font-semibold">{props.title}</h2>
      {props.meta !== undefined && <span className="num truncate text-12 text-ink-3">{props.meta}</span>}
      {props.children && <div className="ml-auto flex items-center gap-2">{props.children}</div>}
    </div>
  )
}
