import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { ApiConfig } from '../config.ts'

export interface ProbeParts {
  readonly config: ApiConfig
  readonly pool: pg.Pool
  readonly isDraining: () => boolean
  /** Whether the node hears the event log at once, and how far it has read; left out where none is read. */
  readonly tail?: () => { readonly listening: boolean; readonly seq: number }
}

/** Whether the process lives, whether it should get requests, and what it is. */
export async function probes(
  app: FastifyInstance,
  { config, pool, isDraining, tail }: ProbeParts,
): Promise<void> {
  app.get('/livez', { logLevel: 'silent' }, async () => ({ alive: true }))

  app.get<{ Querystring: { verbose?: string } }>(
    '/readyz',
    { logLevel: 'silent' },
    async (request, reply) => {
      const checks = {
        database: await answers(pool),
        draining: isDraining(),
        ...(tail ? { events: tail() } : {}),
      }
      const ready = checks.database && !checks.draining
      reply.code(ready ? 200 : 503)
      return request.query.verbose === undefined ? { ready } : { ready, checks }
    },
  )

  app.get('/version', { logLevel: 'silent' }, async () => ({ ...config.build, node: config.node }))
}

async function answers(pool: pg.Pool): Promise<boolean> {
  const late = AbortSignal.timeout(2000)
  const given = new Promise<false>((resolve) => late.addEventListener('abort', () => resolve(false)))
  const asked = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([asked, given])
}
