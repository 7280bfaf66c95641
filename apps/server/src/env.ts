import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { logFormats } from './logging/log-formats.ts'
import { samplers } from './telemetry/samplers.ts'

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
  .refine((value) => URL.canParse(value), 'is not a valid connection string')
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an address such as http://collector:4318' })
const seconds = (low: number, high: number) => z.coerce.number().min(low).max(high)

/** An address and how many bits of it count. */
function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/')
  const version = isIP(address)
  return (
    version > 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
  )
}

const shape = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  TENANTRY_HOST: z.string().min(1).default('127.0.0.1'),
  TENANTRY_ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  TENANTRY_HOME: z.string().min(1).default('.tenantry'),
  DATABASE_URL: postgresUrl.optional(),
  TENANTRY_CLUSTER_NAME: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'holds lowercase letters, digits and hyphens')
    .optional(),
  TENANTRY_CLUSTER_URL: postgresUrl.optional(),
  TENANTRY_CLUSTER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  TENANTRY_CLUSTER_LINK_LOCAL: flag.default(false),
  TENANTRY_MASTER_KEY: z
    .string()
    .transform((value) => Buffer.from(value, 'base64'))
    .refine((key) => key.length === 32, 'must be 32 bytes in base64: openssl rand -base64 32')
    .optional(),
  TENANTRY_DEMO: flag.optional(),
  TENANTRY_PUBLIC_URL: z.url('must be an address such as https://tenantry.example').optional(),
  TENANTRY_CHANNEL_NETWORKS: z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim()))
    .refine((networks) => networks.every(isNetwork), 'holds networks such as 10.0.0.0/8, parted by commas')
    .optional(),
  TENANTRY_WATCHDOG_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://watch.example/ping' })
    .optional(),
  TENANTRY_METRICS_TOKEN: z.string().min(16, 'needs at least 16 characters').optional(),
  TENANTRY_METRICS_TENANTS: z.coerce.number().int().min(0).max(1000).default(0),
  TENANTRY_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  TENANTRY_LOG_FORMAT: z.enum(logFormats).optional(),
  TENANTRY_SYSLOG_URL: z
    .string()
    .regex(/^(udp|tcp|tls):\/\/[^/]+$/, 'must be udp://host:514, tcp://host:601 or tls://host:6514')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/protobuf', 'must be http/protobuf: Tenantry speaks no other')
    .optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).optional(),
  OTEL_LOGS_EXPORTER: z.enum(['otlp', 'none']).optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplers).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  TENANTRY_LEASE_SECONDS: seconds(0.5, 300).default(10),
  TENANTRY_SCRIPT_DEADLINE_SECONDS: seconds(1, 86_400).default(600),
  TENANTRY_DRAIN_SECONDS: seconds(0, 300).default(25),
  TENANTRY_FAILPOINT: z.string().optional(),
})

/** Settings that may come from a file instead: `NAME_FILE` holds its path. */
export const secretSettings = [
  'DATABASE_URL',
  'TENANTRY_CLUSTER_URL',
  'TENANTRY_MASTER_KEY',
  'TENANTRY_METRICS_TOKEN',
  'TENANTRY_WATCHDOG_URL',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const

export const settingNames = Object.keys(shape.shape)

export type Environment = z.output<typeof shape> & { readonly embedded: boolean; readonly home: string }

/** Everything that is wrong with the settings, one line each. */
export class SettingsError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`Settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'SettingsError'
    this.faults = faults
  }
}

/**
 * Reads the process's settings; the only place that does.
 * @throws SettingsError that names every fault at once
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const faults: string[] = []
  const known = new Set<string>([...settingNames, ...secretSettings.map((name) => `${name}_FILE`)])
  // An empty variable counts as not set: compose files pass `${NAME:-}`.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  for (const name of Object.keys(given)) {
    if (name.startsWith('TENANTRY_') && !name.startsWith('TENANTRY_TEST_') && !known.has(name)) {
      faults.push(`${name} is not a setting; see .env.example`)
    }
  }
  for (const name of secretSettings) {
    const file = given[`${name}_FILE`]
    if (!file) continue
    if (given[name]) faults.push(`${name} and ${name}_FILE are both set; keep one`)
    try {
      given[name] = readFileSync(file, 'utf8').trim()
    } catch {
      faults.push(`${name}_FILE: cannot read ${file}`)
    }
  }
  const parsed = shape.safeParse(given)
  if (!parsed.success) {
    faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
  }
  const has = (name: string) => Boolean(given[name] ?? given[`${name}_FILE`])
  if (has('DATABASE_URL') && !has('TENANTRY_MASTER_KEY')) {
    faults.push('TENANTRY_MASTER_KEY must be set when DATABASE_URL is: openssl rand -base64 32')
  }
  if (!has('DATABASE_URL') && /^(api|worker)$/.test(given.TENANTRY_ROLE ?? '')) {
    faults.push(
      'DATABASE_URL must be set when TENANTRY_ROLE is api or worker: the embedded server serves one process',
    )
  }
  if (faults.length || !parsed.success) throw new SettingsError(faults)
  return {
    ...parsed.data,
    embedded: !parsed.data.DATABASE_URL,
    home: path.resolve(variables.INIT_CWD ?? process.cwd(), parsed.data.TENANTRY_HOME),
  }
}
