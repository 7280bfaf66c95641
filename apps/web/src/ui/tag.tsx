import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A small neutral word with a border: a label, an SQLSTATE, a role. */
export function Tag(props: { children: ReactNode; mono?: boolean }) {
  return (
    <span
      className={classNames(
        'inline-flex h-4.5 max-w-full items-center truncate rounded-sm border border-line px-1.5 text-12 whitespace-nowrap text-ink-2',
        props.mono && 'mono',
      )}
    >
      {props.children}
    </span>
  )
}

/** Slugs, schemas, versions, ids, SQLSTATEs, SQL, commands. */
export function Mono(props: { children: ReactNode; className?: string }) {
  return <span className={classNames('mono', props.className)}>{props.children}</span>
}
