import type { OperationKind, Permission, TenantAction } from '@tenantry/contracts'
import {
  Archive,
  ArchiveRestore,
  ArrowRightLeft,
  Copy,
  KeyRound,
  type LucideIcon,
  Pause,
  PenLine,
  Play,
  Trash2,
  Truck,
} from 'lucide-react'

/** What is done to a tenant during its life; a failed one is discarded elsewhere, and what differs is repaired there. */
export type LifecycleAction = Exclude<TenantAction, 'tenant.discard' | 'tenant.repair'>

export interface ActionWords {
  /** In the menu; an ellipsis where more is asked than yes. */
  readonly label: string
  /** Verb before the slug: "Suspend alder". */
  readonly verb: string
  readonly icon: LucideIcon
  readonly permission: Permission
}

/** Every action in the order of the menu, which never changes. */
export const actionWords: Readonly<Record<LifecycleAction, ActionWords>> = {
  'tenant.suspend': { label: 'Suspend…', verb: 'Suspend', icon: Pause, permission: 'tenant.suspend' },
  'tenant.resume': { label: 'Resume…', verb: 'Resume', icon: Play, permission: 'tenant.suspend' },
  'tenant.rename': { label: 'Rename…', verb: 'Rename', icon: PenLine, permission: 'tenant.rename' },
  'tenant.transfer': {
    label: 'Transfer…',
    verb: 'Transfer',
    icon: ArrowRightLeft,
    permission: 'tenant.transfer',
  },
  'tenant.rotate': {
    label: 'Rotate credentials…',
    verb: 'Rotate credentials of',
    icon: KeyRound,
    permission: 'tenant.rotate',
  },
  'tenant.clone': { label: 'Clone…', verb: 'Clone', icon: Copy, permission: 'tenant.clone' },
  'tenant.move': { label: 'Move…', verb: 'Move', icon: Truck, permission: 'tenant.move' },
  'tenant.archive': { label: 'Archive…', verb: 'Archive', icon: Archive, permission: 'tenant.archive' },
  'tenant.restore': {
    label: 'Restore…',
    verb: 'Restore',
    icon: ArchiveRestore,
    permission: 'tenant.archive',
  },
  'tenant.purge': { label: 'Purge…', verb: 'Purge', icon: Trash2, permission: 'tenant.purge' },
}

export const lifecycleActions = Object.keys(actionWords) as LifecycleAction[]

/** What was asked for, as a participle: "Requested: suspended". */
export const requestedAs: Readonly<Record<OperationKind, string>> = {
  'tenant.provision': 'provisioned',
  'tenant.claim': 'created',
  'tenant.clone': 'cloned',
  'tenant.move': 'moved',
  'tenant.adopt': 'adopted',
  'tenant.discard': 'discarded',
  'tenant.suspend': 'suspended',
  'tenant.resume': 'resumed',
  'tenant.rename': 'renamed',
  'tenant.rotate': 'given new credentials',
  'tenant.archive': 'archived',
  'tenant.restore': 'restored',
  'tenant.purge': 'purged',
  'tenant.repair': 'repaired',
  'template.build': 'built',
  'spare.build': 'built',
  'spare.drop': 'dropped',
}
