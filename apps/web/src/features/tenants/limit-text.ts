/** In what a limit is typed; `count` for what has no unit. */
export const limitUnits = ['MB', 'GB', 'TB'] as const
export type LimitUnit = (typeof limitUnits)[number] | 'count'

const sizes: Record<LimitUnit, number> = { count: 1, MB: 1e6, GB: 1e9, TB: 1e12 }

/** A typed limit in bytes or pieces; undefined when it is none. */
export function readLimit(text: string, unit: LimitUnit): number | undefined {
  const plain = text.trim().replaceAll(',', '')
  if (!/^\d+(\.\d+)?$/.test(plain)) return undefined
  const value = Math.round(Number(plain) * sizes[unit])
  return Number.isSafeInteger(value) ? value : undefined
}

/** A limit as it is put into the field: the largest unit in which it is at least one. */
export function writeLimit(
  limit: number | null,
  unit: 'bytes' | 'count' | 'seconds',
): { text: string; unit: LimitUnit } {
  if (unit !== 'bytes') return { text: limit === null ? '' : String(limit), unit: 'count' }
  if (limit === null) return { text: '', unit: 'GB' }
  const fitting = limitUnits.findLast((one) => limit >= sizes[one]) ?? 'MB'
  return { text: String(limit / sizes[fitting]), unit: fitting }
}
