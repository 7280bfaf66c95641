import { z } from 'zod'
import { clusterId, tenantId } from './identifiers.ts'
import { type MetricName, metricNames } from './metric.ts'

/** By what tenants are ranked: the metrics of a tenant that are amounts of now. */
export const usageRankings = {
  bytes: 'tenant_bytes',
  relations: 'tenant_relations',
  rows: 'tenant_rows',
  deadRows: 'tenant_dead_rows',
  connections: 'tenant_connections',
} as const satisfies Record<string, MetricName>
export type UsageRanking = keyof typeof usageRankings

/** Each range of a chart with its step, seconds; 60 to 100 points. */
export const usageRanges = {
  '1h': { seconds: 3600, step: 60 },
  '24h': { seconds: 86_400, step: 900 },
  '7d': { seconds: 604_800, step: 7200 },
  '30d': { seconds: 2_592_000, step: 28_800 },
  '90d': { seconds: 7_776_000, step: 86_400 },
  '1y': { seconds: 31_536_000, step: 345_600 },
} as const
export type UsageRange = keyof typeof usageRanges

export const usageTopInput = z.object({
  by: z.enum(Object.keys(usageRankings) as [UsageRanking, ...UsageRanking[]]).default('bytes'),
  clusterId: clusterId.optional(),
  limit: z.number().int().min(1).max(200).default(20),
})

export const usageSeriesInput = z.object({
  metric: z.enum(metricNames),
  /** Of which tenant or cluster; both left out: of the fleet. */
  tenantId: tenantId.optional(),
  clusterId: clusterId.optional(),
  range: z.enum(Object.keys(usageRanges) as [UsageRange, ...UsageRange[]]),
})

/** A tenant or a cluster. */
export const usageSubjectInput = z.union([z.strictObject({ tenantId }), z.strictObject({ clusterId })])

/** A tenant is noisy with this share of what its cluster does, and so many times what its part would be. */
export const noisyFrom = { share: 0.2, times: 3 } as const
