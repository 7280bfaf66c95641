import type { BulkAction, BulkCounts, BulkKind, BulkOutcome } from '@tenantry/contracts'
import {
  Archive,
  ArchiveRestore,
  ArrowRightLeft,
  CircleX,
  type LucideIcon,
  Pause,
  Play,
  Trash2,
  Upload,
} from 'lucide-react'
import { formatCount } from '../../ui/number-format.ts'

interface BulkWords {
  readonly verb: string
  readonly icon: LucideIcon
  /** What it means for each tenant, in the dialog. */
  readonly effect: string
}

export const bulkWords: Readonly<Record<BulkKind, BulkWords>> = {
  'tenant.suspend': {
    verb: 'Suspend',
    icon: Pause,
    effect: 'No login and no session, until each is resumed. Their data stays as it is.',
  },
  'tenant.resume': { verb: 'Resume', icon: Play, effect: 'Their products get in again.' },
  'tenant.archive': {
    verb: 'Archive',
    icon: Archive,
    effect: 'Put away under another name, with no access. Each can be restored until its window is over.',
  },
  'tenant.restore': { verb: 'Restore', icon: ArchiveRestore, effect: 'Brought back under their own names.' },
  'tenant.purge': {
    verb: 'Purge',
    icon: Trash2,
    effect: 'Erased for good. There is no way back, and Tenantry makes no copy first.',
  },
  'tenant.discard': {
    verb: 'Discard',
    icon: CircleX,
    effect: 'Given up: their clusters are swept and their slugs are free again.',
  },
  'tenant.move': {
    verb: 'Move',
    icon: ArrowRightLeft,
    effect: 'Closed for a moment and brought to where placement puts them; only their address changes.',
  },
  'tenant.provision': { verb: 'Import', icon: Upload, effect: 'Built from their templates.' },
}

/** In the order of the bar and the menu, which never changes. */
export const barActions: readonly BulkAction[] = ['tenant.suspend', 'tenant.resume', 'tenant.archive']
export const menuActions: readonly BulkAction[] = ['tenant.restore', 'tenant.purge', 'tenant.discard']

/** "Suspend 3,214 tenants" */
export function bulkTitle({ kind, total }: { kind: BulkKind; total: number }): string {
  return `${bulkWords[kind].verb} ${tenants(total)}`
}

export const tenants = (count: number) => `${formatCount(count)} ${count === 1 ? 'tenant' : 'tenants'}`

/** The outcomes in the order of the bar: what is done first, what is to come last. */
export const outcomeOrder: readonly BulkOutcome[] = [
  'succeeded',
  'failed',
  'refused',
  'cancelled',
  'skipped',
  'running',
  'queued',
  'pending',
]

/** How many items have come to an end, well or not. */
export function endedOf(counts: BulkCounts): number {
  return counts.succeeded + counts.failed + counts.refused + counts.cancelled + counts.skipped
}

/** How many a retry would do again. */
export function unhappyOf(counts: BulkCounts): number {
  return counts.failed + counts.refused + counts.cancelled + counts.skipped
}
