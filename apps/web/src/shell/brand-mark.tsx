const cells = [
  [1, 1, 1],
  [6.8, 1, 1],
  [12.6, 1, 1],
  [6.8, 6.8, 1],
  [1, 6.8, 0.28],
  [12.6, 6.8, 0.28],
  [1, 12.6, 0.28],
  [12.6, 12.6, 0.28],
] as const

/** The mark: a T of nine cells, its foot in the accent. */
export function BrandMark(props: { size?: number }) {
  return (
    <svg width={props.size ?? 18} height={props.size ?? 18} viewBox="0 0 18 18" aria-hidden="true">
      {cells.map(([x, y, opacity]) => (
        <rect
          key={`${x}/${y}`}
          x={x}
          y={y}
          width="4.4"
          height="4.4"
          rx="1"
          fill="currentColor"
          opacity={opacity}
        />
      ))}
      <rect x="6.8" y="12.6" width="4.4" height="4.4" rx="1" fill="var(--accent-ink)" />
    </svg>
  )
}
