import type { ReactNode } from 'react'

/**
 * The name of a line at its end, with its colour, and a dot on the last value. `textY` moves the name away from its
 * neighbours.
 */
export function EndLabel(props: {
  shown: boolean
  x: number | string | undefined
  y: number | string | undefined
  textY: number | undefined
  color: string
  children: ReactNode
}) {
  if (!props.shown) return <g />
  const x = Number(props.x) + 7
  const y = props.textY ?? Number(props.y)
  return (
    <g>
      <circle cx={props.x} cy={props.y} r={2.5} fill={props.color} />
      <rect x={x} y={y - 3.5} width={7} height={7} rx={2} fill={props.color} />
      <text x={x + 11} y={y + 4} fontSize={12} fontWeight={500} fill="var(--ink-2)">
        {props.children}
      </text>
    </g>
  )
}
