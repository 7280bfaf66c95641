/** Whether PostgreSQL can keep every text in a value: none holds NUL or half of a surrogate pair, and it is not too deep. */
export function isStorable(value: unknown, depth = 32): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  return Object.entries(value).every(([key, inner]) => isStorable(key, depth) && isStorable(inner, depth - 1))
}
