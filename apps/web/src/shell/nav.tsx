import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { BrandMark } from './brand-mark.tsx'
import { type NavItem, navItems } from './nav-items.ts'

/** Counts beside the items; left out while unknown. */
export type NavCounts = Partial<Record<NavItem['to'], ReactNode>>

function NavLink(props: { item: NavItem; count: ReactNode }) {
  const { item } = props
  return (
    <Link
      to={item.to}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
      className="mb-px flex h-7 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-surface-3/60 aria-[current=page]:bg-surface-3 aria-[current=page]:font-medium aria-[current=page]:text-ink [&>svg]:text-ink-3 aria-[current=page]:[&>svg]:text-ink"
    >
      <Icon of={item.icon} />
      {item.label}
      {props.count !== undefined && (
        <span className="num ml-auto text-12 font-normal text-ink-3">{props.count}</span>
      )}
    </Link>
  )
}

/** The navigation at the left: 200 px, two groups, the version at its foot. */
export function Nav(props: { counts: NavCounts; version: string; onKeys: () => void }) {
  return (
    <nav
      aria-label="Main"
      className="row-span-full flex flex-col border-r border-line bg-bg px-2 pt-0.5 pb-2 max-md:hidden"
    >
      <Link to="/" className="flex h-10.5 items-center gap-2 px-2 text-14 font-semibold tracking-[-0.015em]">
        <BrandMark />
        Tenantry
      </Link>
      {(['Operate', 'Govern'] as const).map((group) => (
        <div key={group} className="contents">
          <h2 className="px-2 pt-3.5 pb-1 text-12 leading-5 font-medium text-ink-3">{group}</h2>
          {navItems
            .filter((item) => item.group === group)
            .map((item) => (
              <NavLink key={item.to} item={item} count={props.counts[item.to]} />
            ))}
        </div>
      ))}
      <div className="mt-auto flex items-center justify-between p-2 text-12 text-ink-3">
        <span className="truncate">v{props.version}</span>
        <button
          type="button"
          onClick={props.onKeys}
          className="flex cursor-default items-center gap-1 rounded-sm hover:text-ink"
          aria-label="Keys: shortcuts of this page"
        >
          Keys <KeyHint keys={['?']} />
        </button>
      </div>
    </nav>
  )
}

/** The same at the bottom of a phone: targets of 56 px, and what has no room is a swipe away. */
export function PhoneNav() {
  return (
    <nav
      aria-label="Main"
      className="flex shrink-0 overflow-x-auto border-t border-line bg-bg pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {navItems.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          activeOptions={{ exact: item.to === '/', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          className="flex h-14 min-w-18 flex-1 flex-col items-center justify-center gap-1 px-1 text-12 whitespace-nowrap text-ink-3 aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          <Icon of={item.icon} size={18} />
          {item.label}
        </Link>
      ))}
    </nav>
  )
}
