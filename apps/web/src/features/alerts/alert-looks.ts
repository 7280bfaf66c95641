import type { IncidentEventKind, IncidentState, Severity } from '@tenantry/contracts'
import {
  BellOff,
  BellRing,
  Check,
  CircleCheck,
  type LucideIcon,
  MessageSquare,
  Minus,
  Plus,
  StickyNote,
  TriangleAlert,
  Undo2,
  Users,
  Zap,
} from 'lucide-react'
import type { StateLook } from '../../ui/state-tones.ts'
import type { RuleStanding } from './use-rules.ts'

export const severityLook: Record<Severity, StateLook> = {
  critical: { tone: 'failed', word: 'Critical' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'queued', word: 'Info' },
}

export const incidentLook: Record<IncidentState, StateLook> = {
  firing: { tone: 'failed', word: 'Firing' },
  acknowledged: { tone: 'queued', word: 'Acknowledged' },
  resolved: { tone: 'ok', word: 'Resolved' },
}

export const standingLook: Record<RuleStanding, StateLook> = {
  firing: { tone: 'failed', word: 'Firing' },
  pending: { tone: 'warn', word: 'Pending' },
  fault: { tone: 'off', word: 'No data' },
  ok: { tone: 'ok', word: 'OK' },
  disabled: { tone: 'off', word: 'Disabled' },
}

export const eventIcon: Record<IncidentEventKind, LucideIcon> = {
  fired: Zap,
  joined: Plus,
  left: Minus,
  acknowledged: Check,
  released: Undo2,
  silenced: BellOff,
  unsilenced: BellRing,
  escalated: Users,
  notified: MessageSquare,
  undelivered: TriangleAlert,
  noted: StickyNote,
  resolved: CircleCheck,
}
