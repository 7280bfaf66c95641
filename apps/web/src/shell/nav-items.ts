import {
  Building2,
  ChartColumnBig,
  Diamond,
  Layers,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Server,
  SlidersHorizontal,
} from 'lucide-react'

export interface NavItem {
  readonly to:
    | '/'
    | '/tenants'
    | '/operations'
    | '/pool'
    | '/clusters'
    | '/usage'
    | '/quotas'
    | '/findings'
    | '/audit'
  readonly label: string
  readonly icon: LucideIcon
  /** The letter after `g`. */
  readonly key: string
  readonly group: 'Operate' | 'Govern'
}

/** Every screen one can go to; only what exists is listed. */
export const navItems: readonly NavItem[] = [
  { to: '/', label: 'Overview', icon: LayoutGrid, key: 'o', group: 'Operate' },
  { to: '/tenants', label: 'Tenants', icon: Building2, key: 't', group: 'Operate' },
  { to: '/operations', label: 'Operations', icon: ListChecks, key: 'p', group: 'Operate' },
  { to: '/pool', label: 'Warm pool', icon: Layers, key: 'w', group: 'Operate' },
  { to: '/clusters', label: 'Clusters', icon: Server, key: 'c', group: 'Operate' },
  { to: '/usage', label: 'Usage', icon: ChartColumnBig, key: 'u', group: 'Operate' },
  { to: '/quotas', label: 'Quotas', icon: SlidersHorizontal, key: 'q', group: 'Operate' },
  { to: '/findings', label: 'Reconciler', icon: Diamond, key: 'r', group: 'Operate' },
  { to: '/audit', label: 'Audit', icon: ScrollText, key: 'l', group: 'Govern' },
]
