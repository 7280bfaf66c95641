export * from './adoptable.ts'
export * from './alert-rules.ts'
export * from './audit.ts'
export * from './bulk-items.ts'
export * from './bulks.ts'
export * from './channels.ts'
export * from './clusters.ts'
export * from './dead-letters.ts'
export * from './events.ts'
export * from './findings.ts'
export * from './fleet.ts'
export * from './fleet-news.ts'
export * from './fleet-series.ts'
export * from './gauges.ts'
export {
  getIncident,
  type IncidentDelivery,
  type IncidentDetail,
  type IncidentEventRow,
  listRoutes,
  type PolicyRow,
} from './incident-detail.ts'
export { getIncidentSeries, type IncidentSeries } from './incident-series.ts'
export {
  countFiring,
  type FiringCounts,
  type IncidentListing,
  type IncidentMember,
  type IncidentRow,
  listIncidentMembers,
  listIncidents,
} from './incidents.ts'
export { defaultLimit, maxLimit, type Page } from './keyset.ts'
export { largestTenants, type TenantFigures } from './largest-tenants.ts'
export * from './members.ts'
export * from './notifications.ts'
export * from './on-call.ts'
export * from './operations.ts'
export * from './plans.ts'
export * from './pool.ts'
export * from './queue.ts'
export * from './quota-standing.ts'
export * from './quotas.ts'
export * from './settings.ts'
export * from './silences.ts'
export * from './simulate-quotas.ts'
export * from './slow-steps.ts'
export * from './templates.ts'
export * from './tenants.ts'
export * from './usage.ts'
export * from './usage-forecast.ts'
export * from './usage-series.ts'
export * from './why-waiting.ts'
export { listWorkers, type WorkerRow } from './workers.ts'
