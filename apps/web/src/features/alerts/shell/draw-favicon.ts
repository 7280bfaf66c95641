import type { Severity } from '@tenantry/contracts'

const cells = [
  [1, 1],
  [6.8, 1],
  [12.6, 1],
  [6.8, 6.8],
  [6.8, 12.6],
] as const
const badge: Record<Severity, string> = { critical: '#c4281b', warning: '#a15c00', info: '#4a5260' }

/**
 * The icon of the tab as an address: the mark alone where nothing fires, else with the number of incidents in the colour of
 * the worst.
 */
export function drawFavicon(count: number, worst: Severity | undefined): string {
  if (!worst || count === 0) return '/favicon.svg'
  const mark = cells
    .map(
      ([x, y], i) =>
        `<rect x="${x}" y="${y}" width="4.4" height="4.4" rx="1"${i === 4 ? ' fill="#3d68e3"' : ''}/>`,
    )
    .join('')
  const text = count > 9 ? '9+' : String(count)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18"><style>:root{color:#12161b}@media(prefers-color-scheme:dark){:root{color:#e7eaed}}</style><g fill="currentColor">${mark}</g><circle cx="12" cy="12" r="6" fill="${badge[worst]}"/><text x="12" y="15" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${text.length > 1 ? 7 : 8.5}" fill="#fff">${text}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
