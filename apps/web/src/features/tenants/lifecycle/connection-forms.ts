export interface IssuedConnection {
  readonly role: string
  readonly password: string
  readonly host: string
  readonly port: number
  readonly database: string
}

const encode = encodeURIComponent
const quoteForShell = (text: string) =>
  /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/**
 * The same credentials as programs take them: a connection string, and a psql line that asks for the password, which so
 * stays out of the shell's history. A host that is a path is a socket directory.
 */
export function connectionForms({ role, password, host, port, database }: IssuedConnection) {
  const isSocket = host.startsWith('/')
  const name = host.includes(':') ? `[${host}]` : host
  const place = isSocket
    ? `/${encode(database)}?host=${encode(host)}&port=${port}`
    : `${name}:${port}/${encode(database)}`
  return {
    url: `postgresql://${encode(role)}:${encode(password)}@${place}`,
    psql: `psql -h ${quoteForShell(host)} -p ${port} -U ${quoteForShell(role)} -d ${quoteForShell(database)}`,
  }
}
