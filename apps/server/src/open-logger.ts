import pino, { type Logger } from 'pino'
import { errorForLog } from './error-for-log.ts'

/** Paths that never reach the log in clear. */
const secrets = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'connectionString',
  'url',
  'verifier',
]

/**
 * One JSON object a line on stdout. Secrets are cut out at any depth that our own code logs.
 * @param format `pretty` for people at a terminal
 */
export function openLogger(level: string, format: 'json' | 'pretty', role: string): Logger {
  const stream =
    format === 'pretty'
      ? pino.transport({
          target: 'pino-pretty',
          options: { ignore: 'pid,hostname,service,role', translateTime: 'HH:MM:ss' },
        })
      : pino.destination(1)
  // A terminal that is gone takes the log with it, not the process, which has things to close.
  stream.on('error', () => {})
  return pino(
    {
      level,
      base: { service: 'tenantry', role },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      serializers: { err: errorForLog, error: errorForLog },
    },
    stream,
  )
}
