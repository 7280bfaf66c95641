/** A line of 52 × 18 on its own scale with a dot at its end; thirty fit into a table at no cost. */
export function Sparkline(props: {
  values: readonly number[]
  label: string
  width?: number
  height?: number
}) {
  const { values, width = 52, height = 18 } = props
  if (values.length < 2) return <span className="text-ink-3">–</span>
  const low = Math.min(...values)
  const range = Math.max(...values) - low || 1
  const x = (i: number) => (i / (values.length - 1)) * (width - 4) + 1
  const y = (value: number) => height - 3 - ((value - low) / range) * (height - 6)
  const path = values.map((value, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('')
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={props.label}
      className="inline-block text-ink-3"
    >
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinejoin="round" />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r="1.75" fill="currentColor" />
    </svg>
  )
}
