import { TenantryError } from '@tenantry/contracts'
import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** One page of a list: `nextCursor` is null on the last; `total` counts everything that the filter lets through. */
export interface Page<Row> {
  readonly items: Row[]
  readonly nextCursor: string | null
  readonly total: number
}

export const defaultLimit = 50
export const maxLimit = 200

/** A time as the event log writes it (ISO 8601, UTC, milliseconds). */
export const iso = (column: AnyColumn) => sql<string>`control.iso(${column})`
export const isoOrNull = (column: AnyColumn) => sql<string | null>`control.iso(${column})`

/** A time with all its microseconds: what a cursor needs, so that rows of one millisecond are neither lost nor doubled. */
export const exactly = (column: AnyColumn) =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** Opaque to clients: the sort value and the tie-breakers of a page's last row. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** What a part of a cursor may be. */
export const cursorPart = {
  time: (part: string) =>
    /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(part) && !Number.isNaN(Date.parse(part)),
  whole: (part: string) => /^\d{1,15}$/.test(part),
  text: (part: string) => part.isWellFormed() && !part.includes('\0'),
}

/**
 * @param shape what each part of this list's cursors is
 * @throws TenantryError `invalid_input` when it is not one of them
 */
export function decodeCursor(cursor: string, shape: readonly (keyof typeof cursorPart)[]): string[] {
  const parts = parse(cursor)
  const sound =
    Array.isArray(parts) &&
    parts.length === shape.length &&
    shape.every((kind, i) => typeof parts[i] === 'string' && cursorPart[kind](parts[i]))
  if (!sound) {
    throw new TenantryError('invalid_input', 'This cursor is not one of this list.', {
      field: 'cursor',
      action: 'Start again from the first page.',
    })
  }
  return parts
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** Cuts the one row too many that a query fetched to learn whether there is a next page. */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly string[],
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(itemOf),
    nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null,
  }
}

/** Whether a text holds what somebody typed, in any case. */
export const holds = (column: AnyColumn, typed: string): SQL =>
  sql`strpos(lower(${column}), lower(${typed})) > 0`
