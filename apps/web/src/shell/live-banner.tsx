import type { LiveFacts } from '../live/feed.ts'
import { verbsOffAfterMs } from '../live/live-status.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { formatUtc } from '../ui/time-format.ts'

/** Under the top bar: from 15 s without a heartbeat, and when a newer build serves. */
export function LiveBanner(props: { facts: LiveFacts; onRetry: () => void }) {
  const { status, newBuild } = props.facts
  if (status.kind === 'stale') {
    const off = status.seconds * 1000 >= verbsOffAfterMs
    return (
      <Banner
        flush
        tone="warn"
        action={
          <Button size="sm" onClick={props.onRetry}>
            Retry now
          </Button>
        }
      >
        {status.since === undefined
          ? `The live connection has not opened for ${status.seconds} s.`
          : `Data as of ${formatUtc(new Date(status.since)).slice(11)}, ${status.seconds} s old.`}{' '}
        {off && 'Actions are off until it is live.'}
      </Banner>
    )
  }
  if (newBuild) {
    return (
      <Banner
        flush
        tone="news"
        action={
          <Button size="sm" onClick={() => location.reload()}>
            Reload
          </Button>
        }
      >
        A new version is ready.
      </Banner>
    )
  }
  return null
}
