import type { TenantUsage } from '@tenantry/core'
import type { UsageSignature, UsageSource } from '@tenantry/db/schema'
import type { SeenStatements, SeenUsage } from './ask-usage.ts'

/** What is known of a tenant from before. */
export interface KnownUsage extends TenantUsage {
  /** Whether it was measured on the same cluster. */
  readonly sameCluster: boolean
}

/**
 * What a tenant uses now: counters go on from what is known, whatever has become of the cluster's own. Where those have
 * begun anew, all they say has come since. Where one has fallen for itself (a table was dropped, the least used
 * statements were forgotten), nothing is added. From another cluster nothing is either: its copy's rows are no writes.
 * Its sizes stay as they are known.
 */
export function carryOn(known: KnownUsage | undefined, seen: SeenUsage, source: UsageSource): TenantUsage {
  const before =
    known?.sameCluster && 'files' in known.signature ? (known.signature as UsageSignature) : undefined
  const anew = before !== undefined && before.generation !== source.generation
  const grown = (raw: number, rawBefore: number | undefined) =>
    growth(raw, rawBefore, known !== undefined, anew)
  const hit = grown(seen.blocksHit, before?.blocksHit)
  const read = grown(seen.blocksRead, before?.blocksRead)
  const { statements } = seen
  return {
    tenantId: seen.tenantId,
    bytes: known?.bytes ?? null,
    tableBytes: known?.tableBytes ?? null,
    indexBytes: known?.indexBytes ?? null,
    toastBytes: known?.toastBytes ?? null,
    relations: seen.relations,
    rows: seen.rows,
    deadRows: seen.deadRows,
    connections: seen.connections,
    oldestTransactionSeconds: seen.oldestTransaction,
    cacheHitRatio: hit + read > 0 ? hit / (hit + read) : (known?.cacheHitRatio ?? null),
    rowsWritten: (known?.rowsWritten ?? 0) + grown(seen.written, before?.written),
    ...carryStatements(known, before, statements, source),
    signature: {
      relations: seen.relations,
      files: seen.files,
      pages: seen.pages,
      written: seen.written,
      dead: seen.deadRows,
      blocksHit: seen.blocksHit,
      blocksRead: seen.blocksRead,
      generation: source.generation,
      ...(statements ? { statements: { ...statements, generation: source.statementsGeneration } } : {}),
    },
    sizedAt: known?.sizedAt ?? null,
  }
}

function carryStatements(
  known: KnownUsage | undefined,
  before: UsageSignature | undefined,
  now: SeenStatements | undefined,
  source: UsageSource,
) {
  const carry = (total: number | null | undefined, field: keyof SeenStatements) => {
    // Not to be had any more is as it was; never to be had is unknown, and not 0.
    if (!now) return total ?? null
    const then = before?.statements
    const anew = then !== undefined && then.generation !== source.statementsGeneration
    return (total ?? 0) + growth(now[field], then?.[field], known?.calls != null, anew)
  }
  return {
    calls: carry(known?.calls, 'calls'),
    statementSeconds: carry(known?.statementSeconds, 'seconds'),
    tempBytes: carry(known?.tempBytes, 'tempBytes'),
    transactions: carry(known?.transactions, 'transactions'),
  }
}

function growth(raw: number, rawBefore: number | undefined, isKnown: boolean, anew: boolean): number {
  if (anew) return raw
  if (rawBefore === undefined) return isKnown ? 0 : raw
  return Math.max(0, raw - rawBefore)
}

/** Whether the schema may have another size than when its sizes were taken. */
export function mayHaveGrown(known: KnownUsage | undefined, now: UsageSignature): boolean {
  if (!known?.sizedAt || !known.sameCluster || !('files' in known.signature)) return true
  const before = known.signature as UsageSignature
  return (['relations', 'files', 'pages', 'written', 'dead', 'generation'] as const).some(
    (field) => before[field] !== now[field],
  )
}
