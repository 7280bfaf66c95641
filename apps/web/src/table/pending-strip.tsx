import { KeyHint } from '../ui/key-hint.tsx'
import { formatCount } from '../ui/number-format.ts'

/** "12 new — show": what came while somebody was reading, 28 px under the head. */
export function PendingStrip(props: { count: number; onShow: () => void; noun?: string }) {
  return (
    <div role="rowgroup" className="sticky top-7 z-10">
      <div role="row">
        <div role="gridcell">
          <button
            type="button"
            onClick={props.onShow}
            className="flex h-7 w-full cursor-default items-center justify-center gap-2 border-b border-line bg-accent-tint text-12 text-accent-ink hover:underline"
          >
            {formatCount(props.count)} {props.noun ?? 'new'} — show <KeyHint keys={['.']} />
          </button>
        </div>
      </div>
    </div>
  )
}
