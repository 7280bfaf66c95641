/** One field of a change: what it was and what it became, as text; undefined where it was not there, or null. */
export interface FieldChange {
  readonly field: string
  readonly before: string | undefined
  readonly after: string | undefined
  readonly isChanged: boolean
}

type Values = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nested fields as dotted paths: `labels.plan`. An empty object stands for itself. */
function flatten(values: Values | null, path = ''): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(values ?? {})) {
    const at = path ? `${path}.${name}` : name
    if (isObject(value) && Object.keys(value).length > 0) {
      for (const [inner, text] of flatten(value, at)) fields.set(inner, text)
    } else if (value !== undefined && value !== null) {
      fields.set(at, typeof value === 'string' ? value : JSON.stringify(value))
    }
  }
  return fields
}

/** The fields of a change side by side, in the order in which they are first named. */
export function diffValues(before: Values | null, after: Values | null): FieldChange[] {
  const was = flatten(before)
  const is = flatten(after)
  // An emptied object is told by its fields; `{}` beside them would be noise.
  const isNoise = (field: string, text: string | undefined, other: Map<string, string>) =>
    text === '{}' && [...other.keys()].some((name) => name.startsWith(`${field}.`))
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => !isNoise(field, was.get(field), is) && !isNoise(field, is.get(field), was))
    .map((field) => ({
      field,
      before: was.get(field),
      after: is.get(field),
      isChanged: was.get(field) !== is.get(field),
    }))
}
