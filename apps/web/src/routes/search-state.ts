import { type SearchMiddleware, stripSearchParams } from '@tanstack/react-router'
import { z } from 'zod'

/**
 * The URL as typed state: `searchState({ q: text(), state: someOf(tenantStates), sort: oneOf(sorts, '-createdAt') })`. A bad
 * value falls back to its default, and defaults do not stand in the URL. Spread the result into `createRoute`.
 */
export function searchState<Shape extends z.ZodRawShape>(shape: Shape) {
  const schema = z.object(shape)
  type Output = z.output<typeof schema>
  const defaults = schema.parse({})
  return {
    validateSearch: schema,
    search: {
      middlewares: [stripSearchParams(defaults as never) as SearchMiddleware<Output>],
    },
  }
}

/** A field that may be left out of a link and always has a value when read. */
type Stateful<Value> = z.ZodDefault<z.ZodType<Value, Value>>

function falling<Value>(schema: z.ZodType, fallback: Value): Stateful<Value> {
  return schema.default(fallback).catch(fallback) as unknown as Stateful<Value>
}

/** Free text; at most 200 characters. */
export const text = (fallback = '') => falling<string>(z.string().max(200), fallback)

/** One of a closed set. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  fallback: Values[number],
) => falling<Values[number]>(z.enum(values), fallback)

/** Some of a closed set, as `failed,active` in the URL; what is not in the set is dropped. */
export const someOf = <const Values extends readonly string[]>(values: Values) => {
  const split = (value: unknown) => (typeof value === 'string' ? value.split(',') : value)
  const known = (value: unknown) =>
    Array.isArray(value) ? value.filter((one) => values.includes(one)) : undefined
  return falling<Values[number][]>(
    z.preprocess((value) => known(split(value)), z.array(z.string())),
    [],
  )
}

/** The query string as people read it: every value plain text, lists with commas. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null)
      params.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  // Commas and colons are lawful in a query and far easier to read unescaped.
  const written = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/')
  return written ? `?${written}` : ''
}
