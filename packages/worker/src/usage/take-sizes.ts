import type pg from 'pg'

/** Bytes. */
export interface Sizes {
  readonly tableBytes: number
  readonly indexBytes: number
  readonly toastBytes: number
}

/** So many tenants a session: a backend keeps every relation that it has opened. */
const aSession = 200
/** Where so large a part has changed, and no few, looking at all files is quicker. */
const part = 0.25

interface SizesRow {
  tenant_id: string
  table_bytes: string
  index_bytes: string
  toast_bytes: string
}

export interface TakenSizes {
  /** By tenant; who is not there was locked, or is gone. */
  readonly sizes: ReadonlyMap<string, Sizes>
  /** Whether they are those of all tenants. */
  readonly swept: boolean
}

/**
 * The exact sizes of some tenants, or of all when that is asked for or is less work.
 * @param connect opens a session, which is closed again
 * @param mayReadFiles the whole is taken from the files; where that is not allowed, tenant by tenant
 */
export async function takeSizes(
  connect: () => Promise<pg.Client>,
  wanted: { readonly all: readonly string[]; readonly changed: readonly string[] },
  { sweep, mayReadFiles }: { readonly sweep: boolean; readonly mayReadFiles: boolean },
): Promise<TakenSizes> {
  if (mayReadFiles && (sweep || wanted.changed.length > Math.max(aSession, wanted.all.length * part))) {
    const rows = await ask(connect, 'select * from tenantry.usage_files()', [])
    return { sizes: sizesOf(rows), swept: true }
  }
  const tenants = sweep ? wanted.all : wanted.changed
  const rows: SizesRow[] = []
  for (let from = 0; from < tenants.length; from += aSession) {
    const some = tenants.slice(from, from + aSession)
    rows.push(...(await ask(connect, 'select * from tenantry.usage_sizes($1)', [some])))
  }
  return { sizes: sizesOf(rows), swept: sweep }
}

async function ask(connect: () => Promise<pg.Client>, query: string, values: unknown[]): Promise<SizesRow[]> {
  const client = await connect()
  try {
    return (await client.query<SizesRow>(query, values)).rows
  } finally {
    await client.end()
  }
}

function sizesOf(rows: readonly SizesRow[]): Map<string, Sizes> {
  return new Map(
    rows.map((row) => [
      row.tenant_id,
      {
        tableBytes: Number(row.table_bytes),
        indexBytes: Number(row.index_bytes),
        toastBytes: Number(row.toast_bytes),
      },
    ]),
  )
}
