import type { PoolRow, TemplatePool } from './use-pool.ts'

export interface PoolSize {
  readonly templateId: string
  /** Null: every cluster that has no size of its own. */
  readonly clusterId: string | null
  readonly size: number | null
}

/** The pools as they will be when a size is accepted. */
export function resizePools(
  pools: readonly TemplatePool[],
  { templateId, clusterId, size }: PoolSize,
): TemplatePool[] {
  return pools.map((pool) => {
    if (pool.templateId !== templateId) return pool
    const commonSize = clusterId === null ? size : pool.commonSize
    const clusters = pool.clusters.map((row): PoolRow => {
      const ownSize = row.clusterId === clusterId ? size : row.ownSize
      const wanted = pool.readyVersion === null ? 0 : (ownSize ?? commonSize ?? 0)
      return { ...row, ownSize, wanted }
    })
    return { ...pool, commonSize, clusters }
  })
}
