import type { CopyForms } from '../ui/copy-as.tsx'

/** One call of the API: what `router.procedure` is, and what it is given. */
export interface Call {
  readonly path: string
  readonly kind: 'query' | 'mutation'
  readonly input: unknown
}

const quoteForShell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** A value as a TypeScript literal: names without quotes, strings in single quotes. */
export function asLiteral(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    const escaped = value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')
    return `'${escaped}'`
  }
  if (Array.isArray(value)) return `[${value.map((item) => asLiteral(item, indent)).join(', ')}]`
  if (value === null || typeof value !== 'object') return String(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  const inner = `${indent}  `
  const lines = entries.map(([name, item]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : asLiteral(name)
    return `${inner}${key}: ${asLiteral(item, inner)},`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

/** The same call from a program, from a shell, and as a link to what it shows. The session comes from `$TENANTRY_SESSION`. */
export function callForms(call: Call, origin: string, link?: string): CopyForms {
  const { path, kind, input } = call
  const json = JSON.stringify(input ?? {})
  const url = `${origin}/trpc/${path}`
  const secure = origin.startsWith('https:')
  const head = `-H 'x-tenantry: 1' -b "${secure ? '__Host-tenantry' : 'tenantry'}=$TENANTRY_SESSION"`
  const curl =
    kind === 'query'
      ? `curl -G ${url} \\\n  ${head} \\\n  --data-urlencode ${quoteForShell(`input=${json}`)}`
      : `curl ${url} \\\n  ${head} \\\n  -H 'content-type: application/json' \\\n  -d ${quoteForShell(json)}`
  const verb = kind === 'query' ? 'query' : 'mutate'
  return {
    trpc: `await tenantry.${path}.${verb}(${input === undefined ? '' : asLiteral(input)})`,
    curl,
    ...(link === undefined ? {} : { link }),
  }
}
