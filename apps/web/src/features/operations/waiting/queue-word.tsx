import { isFinal, isHeld } from '@tenantry/contracts'
import { createContext, type ReactNode, use } from 'react'
import type { OperationRow } from '../use-operations.ts'
import { useQueuePlaces } from './use-queue.ts'

const places = createContext<Readonly<Record<string, number>>>({})

/** Tells the rows below how many operations go before each of them. */
export function QueuePlaces(props: { rows: readonly OperationRow[]; children: ReactNode }) {
  return <places.Provider value={useQueuePlaces(props.rows)}>{props.children}</places.Provider>
}

/** Why a row does not move, in two or three words; nothing where there is nothing to say. */
export function QueueWord(props: { row: OperationRow }) {
  const { row } = props
  const before = use(places)[row.id]
  const word = wordOf(row, before)
  return word ? <span className="num shrink-0 text-12 text-ink-3">{word}</span> : null
}

function wordOf(row: OperationRow, before: number | undefined): string | undefined {
  if (row.cancelRequestedAt && !isFinal(row.state)) return 'stopping'
  if (isHeld(row)) return 'kept for a decision'
  if (row.state !== 'queued' || before === undefined) return undefined
  if (before === 0) return 'next'
  return before === 1 ? 'behind 1 other' : `behind ${before} others`
}
