import {
  Circle,
  CircleCheck,
  CircleMinus,
  Diamond,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from 'lucide-react'

/** The seven status colours. Nothing else in the console is coloured. */
export type Tone = 'ok' | 'running' | 'queued' | 'warn' | 'failed' | 'drift' | 'off'

export const toneIcons: Record<Tone, LucideIcon> = {
  ok: CircleCheck,
  running: LoaderCircle,
  queued: Circle,
  warn: TriangleAlert,
  failed: OctagonX,
  drift: Diamond,
  off: CircleMinus,
}
