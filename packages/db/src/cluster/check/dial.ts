import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'
import type { ClusterCheck } from '@tenantry/contracts'
import pg from 'pg'
import { error, ok, warning } from './outcome.ts'

/** A connection that came about, or none; and what was learnt on the way. */
export interface Dialled {
  readonly client: pg.Client | undefined
  readonly checks: readonly ClusterCheck[]
}

const linkLocal = new BlockList()
linkLocal.addSubnet('169.254.0.0', 16)
linkLocal.addSubnet('fe80::', 10, 'ipv6')

/**
 * Connects, slowly enough for a far server and not slower; what fails is told by the check that it fails.
 * @param options.linkLocal lets link-local addresses pass: clouds hand out credentials there
 */
export async function dial(
  url: string,
  { linkLocal: allowed = false, timeoutMs = 5000 } = {},
): Promise<Dialled> {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const at = `${host}:${port || 5432}`
  if (!allowed && (await isLinkLocal(host))) {
    return {
      client: undefined,
      checks: [error('reach', `${host} is a link-local address, where clouds keep their secrets.`, null)],
    }
  }
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tenantry check',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs * 2,
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (cause) {
    await client.end().catch(() => {})
    return { client: undefined, checks: whyNot(url, at, cause) }
  }
  return { client, checks: [ok('reach', `${at} answers.`), await encryption(client, host)] }
}

async function isLinkLocal(host: string): Promise<boolean> {
  const addresses = await lookup(host, { all: true }).catch(() => [])
  return addresses.some(({ address }) => linkLocal.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'))
}

const loopback = /^(localhost|127\.|::1$)/

async function encryption(client: pg.Client, host: string): Promise<ClusterCheck> {
  const { rows } = await client.query<{ ssl: boolean; version: string | null }>(
    'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
  )
  if (rows[0]?.ssl) return ok('tls', `Encrypted with ${rows[0].version ?? 'TLS'}.`)
  if (loopback.test(host)) return ok('tls', 'Not encrypted, and it never leaves this machine.')
  return warning(
    'tls',
    'Not encrypted: whoever is on the way reads what tenants are told. Give the server a certificate and end the address with ?sslmode=verify-full.',
    'ALTER SYSTEM SET ssl = on;\n-- with ssl_cert_file and ssl_key_file set; then SELECT pg_reload_conf();',
  )
}

/** Where the way ended: at the host, at TLS, or at the door of the database. */
function whyNot(url: string, at: string, cause: unknown): ClusterCheck[] {
  const { code = '', message = '' } = (cause ?? {}) as { code?: string; message?: string }
  const reached = ok('reach', `${at} answers.`)
  if (/does not support SSL/.test(message)) {
    return [reached, error('tls', 'The address asks for TLS, and the server does not speak it.', null)]
  }
  if (/CERT|SSL|TLS/.test(code)) {
    return [reached, error('tls', `The server’s certificate is not accepted: ${message}.`, null)]
  }
  const login = atTheDoor(url, code, message)
  return login
    ? [reached, login]
    : [error('reach', `${at} does not answer: ${inWords(code, message)}.`, null)]
}

function atTheDoor(url: string, code: string, message: string): ClusterCheck | undefined {
  const { username, pathname } = new URL(url)
  const user = decodeURIComponent(username)
  const database = decodeURIComponent(pathname.slice(1))
  switch (code) {
    case '28P01':
      return error(
        'login',
        `The password of ${user} is not the right one.`,
        `ALTER ROLE ${pg.escapeIdentifier(user)} PASSWORD '…';`,
      )
    case '28000':
      return error('login', `${user} is not let in: ${message}.`, hbaLine(message, database))
    case '3D000':
      return error(
        'login',
        `There is no database ${database}.`,
        `CREATE DATABASE ${pg.escapeIdentifier(database)};`,
      )
    case '53300':
      return error('login', 'The server has no connection to spare.', null)
    case '42501':
      return error(
        'login',
        `${user} may not connect to ${database}.`,
        `GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database)} TO ${pg.escapeIdentifier(user)};`,
      )
    default:
      return undefined
  }
}

/** The line of pg_hba.conf that lets everybody of this database in from where we came, when the server said from where. */
export function hbaLine(message: string, database: string): string | null {
  const [, from] = /for host "([^"]+)"/.exec(message) ?? []
  if (!from) return null
  const mask = isIPv6(from) ? 128 : 32
  return `# pg_hba.conf, before lines that reject; then SELECT pg_reload_conf();\nhost  ${database}  all  ${from}/${mask}  scram-sha-256`
}

function inWords(code: string, message: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no host has this name'
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (code === '57P03') return 'it is starting up or shutting down'
  if (/timeout/i.test(`${code} ${message}`)) return 'no answer in time'
  return message || code || 'the connection broke'
}
