import Fastify, { type FastifyBaseLogger } from 'fastify'
import { answerErrors } from './http/answer-errors.ts'
import { probes } from './http/probes.ts'
import { metricsEndpoint } from './metrics/http-metrics.ts'
import { registerProcessGauges } from './metrics/process-gauges.ts'
import type { ApiParts } from './server.ts'
import type { RunningApi } from './start-api.ts'

/** Health, version and metrics alone: what a process without the API shows of itself. */
export async function startProbes(
  { core, pool, config, registry }: Omit<ApiParts, 'listenUrl'>,
  listen: { host: string; port: number },
): Promise<RunningApi> {
  let draining = false
  const loggerInstance: FastifyBaseLogger = core.log
  const app = Fastify({ loggerInstance, disableRequestLogging: true })
  registerProcessGauges(registry, { config, pool })
  answerErrors(app, { web: false })
  await app.register(probes, { config, pool, isDraining: () => draining })
  await app.register(metricsEndpoint, { registry, token: config.metricsToken })
  return {
    address: await app.listen(listen),
    async close() {
      draining = true
      await app.close()
    },
  }
}
