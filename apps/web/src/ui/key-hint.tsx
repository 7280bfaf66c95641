const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)
const shown: Record<string, string> = { mod: isMac ? '⌘' : 'Ctrl', enter: '↵', space: 'Space', escape: 'Esc' }

/** Keys as they are printed on the board: `['mod', 'k']` is ⌘K or Ctrl K. */
export function KeyHint(props: { keys: readonly string[] }) {
  const isChord = props.keys[0] === 'mod'
  const caps = props.keys.map((key) => shown[key] ?? (isChord ? key.toUpperCase() : key))
  return (
    <span className="inline-flex gap-1" aria-hidden="true">
      {(isChord ? [caps.join(isMac ? '' : ' ')] : caps).map((cap) => (
        <kbd
          key={cap}
          className="inline-block min-w-4.5 rounded-sm border border-line border-b-line-strong bg-surface px-1 text-center font-sans text-12 font-medium text-ink-3"
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}
