import {
  alertRuleId,
  builtinRuleKeys,
  clusterId,
  incidentId,
  severities,
  TenantryError,
  tenantId,
} from '@tenantry/contracts'
import { acknowledgeIncident, noteIncident, readEngine, readRunbook, releaseIncident } from '@tenantry/core'
import {
  countFiring,
  getIncident,
  getIncidentSeries,
  listIncidentMembers,
  listIncidents,
} from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { instant, paging, text } from './inputs.ts'

const listing = z.object({
  ...paging,
  which: z.enum(['open', 'resolved']).default('open'),
  severities: z.array(z.enum(severities)).max(severities.length).optional(),
  ruleId: alertRuleId.optional(),
  clusterId: clusterId.optional(),
  tenantId: tenantId.optional(),
  text,
})

function noSuchIncident(): never {
  throw new TenantryError('not_found', 'There is no such incident.', { action: 'Go back to the list.' })
}

export const alertsRouter = router({
  /** Incidents: what a person is told of. */
  list: question('alert.read')
    .input(listing)
    .query(({ ctx, input }) => listIncidents(ctx.door.core.db, input)),
  get: question('alert.read')
    .input(z.object({ id: incidentId }))
    .query(async ({ ctx, input }) => (await getIncident(ctx.door.core.db, input.id)) ?? noSuchIncident()),
  /** Everybody whom an incident is or was about. */
  members: question('alert.read')
    .input(z.object({ ...paging, incidentId }))
    .query(({ ctx, input }) => listIncidentMembers(ctx.door.core.db, input)),
  /** What its rule compares with its limit, over time; null for what came from outside. */
  series: question('alert.read')
    .input(z.object({ id: incidentId, at: instant.optional() }))
    .query(async ({ ctx, input }) => (await getIncidentSeries(ctx.door.core.db, input.id, input.at)) ?? null),
  /** How many incidents want somebody, by severity. */
  counts: question('alert.read').query(({ ctx }) => countFiring(ctx.door.core.db)),
  /** Who evaluates the rules, and how fresh that is. */
  engine: question('alert.read').query(({ ctx }) => readEngine(ctx.door.core)),
  /** The page of a built-in rule, Markdown. */
  runbook: question('alert.read')
    .input(z.object({ key: z.enum(builtinRuleKeys) }))
    .query(({ input }) => readRunbook(input.key)),
  acknowledge: command(acknowledgeIncident),
  release: command(releaseIncident),
  note: command(noteIncident),
})
