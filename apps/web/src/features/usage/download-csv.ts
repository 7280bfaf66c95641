type Cell = string | number | null

/** Rows as CSV (RFC 4180), the names of the first row's columns on top. Text that a spreadsheet would run is quoted. */
export function toCsv(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => columns.map((column) => cellText(row[column] ?? null)).join(','))
  return [columns.join(','), ...lines, ''].join('\r\n')
}

function cellText(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Has the browser keep rows as a file. */
export function downloadCsv(name: string, rows: readonly Readonly<Record<string, Cell>>[]): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([toCsv(rows)], { type: 'text/csv' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
