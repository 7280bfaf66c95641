import { useNow } from '../../ui/time.tsx'
import { formatRelative } from '../../ui/time-format.ts'

/** How long ago, short: `9 min`. The moment itself stands in the detail. */
export function Since(props: { at: string }) {
  const now = useNow(10_000)
  return <time dateTime={props.at}>{formatRelative(new Date(props.at), now).replace(' ago', '')}</time>
}

/** How long until a moment that is near, moving every second: `58 s`, `4 min`. */
export function Until(props: { at: string }) {
  const seconds = Math.round((Date.parse(props.at) - useNow(1000)) / 1000)
  if (seconds <= 0) return <>now</>
  return <>{seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}</>
}
