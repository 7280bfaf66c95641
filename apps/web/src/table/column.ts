import type { ReactNode } from 'react'

/** A column, written once at module scope. */
export interface Column<Row> {
  readonly id: string
  /** The head; also its accessible name. */
  readonly header: string
  /** A CSS grid track: `94px` for fixed facts, `minmax(160px, 1fr)` for the one that takes the rest. */
  readonly width: string
  /** Numbers and times stand at the end. */
  readonly align?: 'end'
  /** Sorted by the server; the head becomes a button. */
  readonly sortable?: boolean
  /** Stays below 768 px. */
  readonly phone?: boolean
  readonly cell: (row: Row) => ReactNode
}

export interface Sort {
  readonly id: string
  readonly desc: boolean
}

/** The next order when a head is pressed: another column starts ascending, the same one turns round. */
export function nextSort(current: Sort, id: string): Sort {
  return current.id === id ? { id, desc: !current.desc } : { id, desc: false }
}

/** `-createdAt` and back: how an order stands in the URL. */
export function sortParam(sort: Sort): string {
  return `${sort.desc ? '-' : ''}${sort.id}`
}

export function parseSort(param: string): Sort {
  return param.startsWith('-') ? { id: param.slice(1), desc: true } : { id: param, desc: false }
}
