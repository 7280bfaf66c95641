import { metricNames, metrics, scopeOf, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { largestTenants } from '@tenantry/db/queries'
import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Registry } from 'prom-client'
import { refuseUnlessBearer } from './refuse-unless-bearer.ts'
import { seriesOf } from './series-of.ts'

const ofTenants = metricNames.filter((name) => scopeOf(name) === 'tenant')
const labelNames = ['tenant', 'slug', 'cluster'] as const

/** A fresh registry each time: who has left the top leaves no series behind. */
export async function tenantRegistry(db: Database, top: number): Promise<Registry> {
  const registry = new Registry()
  const tenants = await largestTenants(db, top)
  for (const metric of ofTenants) {
    const { title, kind } = metrics[metric]
    const shape = { name: seriesOf(metric), help: `${title} of a tenant.`, labelNames, registers: [registry] }
    const series = kind === 'counter' ? new Counter(shape) : new Gauge(shape)
    for (const { id, slug, cluster, values } of tenants) {
      const value = values[metric]
      if (value !== undefined) series.inc({ tenant: id, slug, cluster }, value)
    }
  }
  return registry
}

/**
 * The scrape of tenants, largest first: a series a tenant and metric, so it is not there unless somebody asked for it.
 * @param most how many tenants a scrape may ask for; 0: the address does not exist
 */
export async function tenantMetrics(
  app: FastifyInstance,
  { db, most, token }: { db: Database; most: number; token: string | undefined },
): Promise<void> {
  if (most === 0) return
  app.get<{ Querystring: { top?: string } }>(
    '/metrics/tenants',
    { logLevel: 'silent' },
    async (request, reply) => {
      if (token) refuseUnlessBearer(request.headers.authorization, token)
      const registry = await tenantRegistry(db, topOf(request.query.top, most))
      reply.header('content-type', registry.contentType)
      return registry.metrics()
    },
  )
}

/** @throws TenantryError `invalid_input` */
function topOf(asked: string | undefined, most: number): number {
  if (asked === undefined) return most
  const top = Number(asked)
  if (Number.isInteger(top) && top >= 1 && top <= most) return top
  throw new TenantryError('invalid_input', `top is a whole number from 1 to ${most}.`, {
    field: 'top',
    action: 'Ask for fewer tenants, or raise TENANTRY_METRICS_TENANTS.',
  })
}
