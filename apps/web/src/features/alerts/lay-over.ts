import type { Incident } from './use-alerts.ts'

export type Change = Partial<
  Pick<Incident, 'state' | 'acknowledgedBy' | 'acknowledgedByName' | 'acknowledgedAt' | 'acknowledgedUntil'>
>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a question answered (one incident, or pages of them) with one of them changed; everything else stays as it is. */
export function withIncident(data: unknown, id: string, change: Change): unknown {
  if (!isObject(data)) return data
  if (data.id === id) return { ...data, ...change }
  if (Array.isArray(data.pages)) {
    return { ...data, pages: data.pages.map((page) => withIncident(page, id, change)) }
  }
  if (Array.isArray(data.items)) {
    return { ...data, items: data.items.map((item) => withIncident(item, id, change)) }
  }
  return data
}
