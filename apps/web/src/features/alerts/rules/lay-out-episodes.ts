import type { Preview } from './use-rule-preview.ts'

interface Lane {
  readonly id: string
  readonly name: string
  /** In per cent of the whole time. */
  readonly bars: readonly { readonly left: number; readonly width: number }[]
}

const most = 6

/** Where each episode stands in the time that was replayed; of what still goes on, until its end. */
export function layOutEpisodes({ from, to, subjects }: Pick<Preview, 'from' | 'to' | 'subjects'>): Lane[] {
  const begin = Date.parse(from)
  const whole = Date.parse(to) - begin
  const share = (at: number) => Math.min(100, Math.max(0, ((at - begin) / whole) * 100))
  return subjects.slice(0, most).map(({ id, name, episodes }) => ({
    id,
    name,
    bars: episodes.map((episode) => {
      const left = share(Date.parse(episode.from))
      return { left, width: share(Date.parse(episode.to ?? to)) - left }
    }),
  }))
}
