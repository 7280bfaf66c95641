import type { Labels } from '@tenantry/contracts'

/** The parts of a tenant that people edit in place. */
export interface Annotation {
  readonly displayName: string
  readonly labels: Labels
  readonly notes: string
}

export type AnnotationChange = Partial<Annotation>

/** A field that two people have changed at once. */
export interface EditConflict {
  readonly field: keyof Annotation
  readonly base: Annotation[keyof Annotation]
  readonly yours: Annotation[keyof Annotation]
  readonly theirs: Annotation[keyof Annotation]
}

const text = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value)

export const isSame = (a: unknown, b: unknown) => text(a) === text(b)

/**
 * An edit that met a newer row: the fields that somebody else changed too, and otherwise. None: the edit can be made again
 * on the new row, since the other change was about something else.
 */
export function conflictsOf(base: Annotation, change: AnnotationChange, theirs: Annotation): EditConflict[] {
  return (Object.keys(change) as (keyof Annotation)[])
    .filter((field) => !isSame(base[field], theirs[field]) && !isSame(change[field], theirs[field]))
    .map((field) => ({
      field,
      base: base[field],
      yours: change[field] as Annotation[keyof Annotation],
      theirs: theirs[field],
    }))
}
