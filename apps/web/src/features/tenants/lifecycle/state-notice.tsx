import type { ReactNode } from 'react'
import { StatusIcon } from '../../../ui/status.tsx'

/** Over the page of a tenant that is not in use: what it is, what that means, and the way on. */
export function StateNotice(props: {
  label: string
  title: ReactNode
  children: ReactNode
  actions: ReactNode
}) {
  return (
    <section
      aria-label={props.label}
      className="tone-off gutter flex shrink-0 gap-2.5 border-b border-line bg-surface-2 py-3 shadow-[inset_3px_0_var(--tone)]"
    >
      <StatusIcon tone="off" className="mt-0.75" />
      <div className="min-w-0">
        <h3 className="font-semibold">{props.title}</h3>
        <p className="break-words text-ink-2">{props.children}</p>
        <div className="mt-2 flex flex-wrap gap-2">{props.actions}</div>
      </div>
    </section>
  )
}
