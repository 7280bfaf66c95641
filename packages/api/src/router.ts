import { alertsRouter } from './routers/alerts.ts'
import { auditRouter } from './routers/audit.ts'
import { bulksRouter } from './routers/bulks.ts'
import { channelsRouter } from './routers/channels.ts'
import { clustersRouter } from './routers/clusters.ts'
import { findingsRouter } from './routers/findings.ts'
import { fleetRouter } from './routers/fleet.ts'
import { membersRouter } from './routers/members.ts'
import { notificationsRouter } from './routers/notifications.ts'
import { operationsRouter } from './routers/operations.ts'
import { placementRouter } from './routers/placement.ts'
import { policiesRouter } from './routers/policies.ts'
import { poolRouter } from './routers/pool.ts'
import { quotasRouter } from './routers/quotas.ts'
import { rulesRouter } from './routers/rules.ts'
import { schedulesRouter } from './routers/schedules.ts'
import { sessionRouter } from './routers/session.ts'
import { settingsRouter } from './routers/settings.ts'
import { silencesRouter } from './routers/silences.ts'
import { templatesRouter } from './routers/templates.ts'
import { tenantsRouter } from './routers/tenants.ts'
import { usageRouter } from './routers/usage.ts'
import { workersRouter } from './routers/workers.ts'
import { router } from './trpc.ts'

/** Everything that can be asked for, one router a noun. */
export const appRouter = router({
  session: sessionRouter,
  tenants: tenantsRouter,
  operations: operationsRouter,
  workers: workersRouter,
  bulks: bulksRouter,
  fleet: fleetRouter,
  findings: findingsRouter,
  audit: auditRouter,
  clusters: clustersRouter,
  placement: placementRouter,
  templates: templatesRouter,
  pool: poolRouter,
  quotas: quotasRouter,
  alerts: alertsRouter,
  rules: rulesRouter,
  silences: silencesRouter,
  channels: channelsRouter,
  notifications: notificationsRouter,
  schedules: schedulesRouter,
  policies: policiesRouter,
  usage: usageRouter,
  members: membersRouter,
  settings: settingsRouter,
})

export type AppRouter = typeof appRouter
