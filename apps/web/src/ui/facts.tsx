import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface Fact {
  readonly name: string
  readonly value: ReactNode
  /** A second line in ink-3; in FactGrid only. */
  readonly note?: ReactNode
}

/** Name left, value right, one line each: for side columns. */
export function FactList(props: { facts: readonly Fact[] }) {
  return (
    <dl className="num grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {props.facts.map((fact) => (
        <div key={fact.name} className="contents">
          <dt className="whitespace-nowrap text-ink-3">{fact.name}</dt>
          <dd className="min-w-0 truncate text-right">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Name over value, parted by lines, in one row under a title. */
export function FactStrip(props: { facts: readonly Fact[] }) {
  return (
    <dl className="num flex flex-wrap gap-y-2 max-md:grid max-md:grid-cols-2">
      {props.facts.map((fact, i) => (
        <div
          key={fact.name}
          className={classNames('min-w-0 md:border-line md:px-5', i === 0 ? 'md:pl-0' : 'md:border-l')}
        >
          <dt className="text-12 text-ink-3">{fact.name}</dt>
          <dd className="truncate">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Up to seven figures of 16 px across the sheet, each with a note. */
export function FactGrid(props: { facts: readonly Fact[] }) {
  return (
    <dl className="num grid shrink-0 auto-cols-fr grid-flow-col border-b border-line max-lg:grid-flow-row max-lg:grid-cols-2">
      {props.facts.map((fact, i) => (
        <div
          key={fact.name}
          className={classNames(
            'min-w-0 border-line py-2 pr-2 pl-4 max-lg:pl-5',
            i === 0 ? 'pl-5' : 'lg:border-l',
            i > 1 && 'max-lg:border-t',
          )}
        >
          <dt className="text-12 text-ink-3">{fact.name}</dt>
          <dd className="truncate text-16 font-medium tracking-tight">{fact.value}</dd>
          {fact.note !== undefined && <dd className="truncate text-12 text-ink-3">{fact.note}</dd>}
        </div>
      ))}
    </dl>
  )
}
