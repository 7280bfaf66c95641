import type { ReactNode } from 'react'

export interface Impact {
  readonly value: ReactNode
  readonly note: ReactNode
}

/** What an action does, a cell each: the word of 16 px over what it means. */
export function ImpactGrid(props: { impacts: readonly Impact[] }) {
  return (
    <dl className="grid auto-cols-fr grid-flow-col rounded-md border border-line max-md:grid-flow-row">
      {props.impacts.map((impact, i) => (
        <div
          key={i}
          className="num flex min-w-0 flex-col-reverse justify-end px-3 py-2 not-first:border-line md:not-first:border-l max-md:not-first:border-t"
        >
          <dt className="text-12 break-words text-ink-3">{impact.note}</dt>
          <dd className="text-16 font-medium tracking-tight break-words">{impact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
