import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** The head of a page that is about one thing: badge, name, tags, and actions at the end. */
export function PageHeader(props: {
  title: ReactNode
  before?: ReactNode
  after?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  return (
    <header className="gutter shrink-0 border-b border-line pt-3.5 pb-3">
      <div className="flex flex-wrap items-center gap-2">
        {props.before}
        <h2 className="min-w-0 truncate text-20 font-semibold tracking-[-0.02em]">{props.title}</h2>
        {props.after}
        {props.actions && <div className="ml-auto flex flex-wrap items-center gap-2">{props.actions}</div>}
      </div>
      {props.children && <div className="mt-2">{props.children}</div>}
    </header>
  )
}

/** The 48 px bar over a list: search, filters, and actions at the end. */
export function FilterBar(props: { children: ReactNode }) {
  return (
    <div
      role="search"
      className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line py-2"
    >
      {props.children}
    </div>
  )
}

/** A sheet's body that may scroll: regions touch and are parted by lines. */
export function Sheet(props: { children: ReactNode; className?: string }) {
  return (
    <div className={classNames('flex min-h-0 flex-1 flex-col overflow-y-auto', props.className)}>
      {props.children}
    </div>
  )
}
