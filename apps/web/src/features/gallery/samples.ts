import { type TenantState, tenantStates, type WireError } from '@tenantry/contracts'
import type { ChartPoint, ChartSeries } from '../../chart/time-chart.tsx'
import { seeded } from '../../ui/seeded.ts'
import type { Tone } from '../../ui/tone.ts'

const random = seeded(8)
const shares: [number, Tone][] = [
  [0.8, 'ok'],
  [0.84, 'running'],
  [0.9, 'queued'],
  [0.93, 'warn'],
  [0.95, 'failed'],
  [0.98, 'drift'],
  [1, 'off'],
]

export const sampleFleet: readonly Tone[] = Array.from({ length: 120 }, () => {
  const x = random()
  return shares.find(([upTo]) => x <= upTo)?.[1] ?? 'ok'
})

const start = Date.UTC(2026, 10, 22, 10, 5)
const gap = (i: number) => i > 50 && i < 58
const walk = (i: number, base: number) =>
  gap(i) ? null : base * (1 + 0.3 * Math.sin(i / 7) + 0.2 * random())

export const samplePoints: readonly ChartPoint[] = Array.from({ length: 120 }, (_, i) => ({
  at: start + i * 30_000,
  p50: walk(i, 7),
  p95: walk(i, 24),
  p99: walk(i, 38),
}))

export const sampleSeries: readonly ChartSeries[] = [
  { key: 'p50', name: 'p50', color: 'var(--chart-3)', shape: 'line', endLabel: 'p50' },
  { key: 'p95', name: 'p95', color: 'var(--chart-1)', shape: 'line', endLabel: 'p95' },
  { key: 'p99', name: 'p99', color: 'var(--chart-2)', shape: 'line', dash: '5 2', endLabel: 'p99' },
]

const wire: WireError = {
  code: 'control_database_unavailable',
  message: 'The control database did not answer within 2 s.',
  detail: { action: 'It is tried again by itself; if it stays, look at /readyz.' },
  requestId: 'req_52a9',
}
export const sampleFault = Object.assign(new Error(wire.message), { data: { tenantry: wire } })

export interface SampleTenant {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly state: TenantState
  readonly cluster: string
  readonly gigabytes: number
  readonly trend: readonly number[]
  readonly at: string
}

const places = ['Northfield', 'Ostvik', 'Marling', 'Telmora', 'Carrow', 'Vasten', 'Ilmen', 'Quarrydale']
const kinds = ['University', 'College', 'Institute of Technology', 'School of Mines']

export const sampleTenants: readonly SampleTenant[] = Array.from({ length: 10_000 }, (_, i) => {
  const place = places[i % places.length] ?? ''
  const kind = kinds[Math.floor(i / places.length) % kinds.length] ?? ''
  let size = 4 + random() * 40
  return {
    id: `row-${i}`,
    slug: `${place.toLowerCase()}-${i}`,
    name: `${place} ${kind}`,
    state: tenantStates[random() < 0.9 ? 1 : Math.floor(random() * 3)] ?? 'active',
    cluster: `eu-${1 + (i % 3)}`,
    gigabytes: size,
    trend: Array.from({ length: 14 }, () => {
      size += random() - 0.35
      return size
    }),
    at: new Date(start + i * 1000).toISOString(),
  }
})
