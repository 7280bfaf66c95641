import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { BrandMark } from './brand-mark.tsx'
import { type NavItem, navItems } from './nav-items.ts'

/** Counts beside the items; left out while unknown. */
export type NavCounts = Partial<Record<NavItem['to'], ReactNode>>

/** Under which item the page is; bulk operations are operations, and runbooks belong to alerts. */
function useCurrentItem(): NavItem['to'] | undefined {
  const path = useLocation({ select: (location) => location.pathname })
  const home = path.startsWith('/bulks') ? '/operations' : path.startsWith('/docs/alerts') ? '/alerts' : path
  return navItems.find(({ to }) => (to === '/' ? home === '/' : home === to || home.startsWith(`${to}/`)))?.to
}

function NavLink(props: { item: NavItem; isCurrent: boolean; count: ReactNode }) {
  const { item } = props
  return (
    <Link
      to={item.to}
      // Its own notion of where one is does not know of bulk operations.
      activeOptions={{ exact: true, includeSearch: false }}
      aria-current={props.isCurrent ? 'page' : undefined}
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
  const current = useCurrentItem()
  return (
    <nav
      aria-label="Main"
      className="row-span-full flex flex-col border-r border-line bg-bg px-2 pt-0.5 pb-2 max-md:hidden"
    >
      <Link
        to="/"
        activeOptions={{ exact: true }}
        className="flex h-10.5 items-center gap-2 px-2 text-14 font-semibold tracking-[-0.015em]"
      >
        <BrandMark />
        Tenantry
      </Link>
      {(['Operate', 'Govern'] as const).map((group) => (
        <div key={group} className="contents">
          <h2 className="px-2 pt-3.5 pb-1 text-12 leading-5 font-medium text-ink-3">{group}</h2>
          {navItems
            .filter((item) => item.group === group)
            .map((item) => (
              <NavLink
                key={item.to}
                item={item}
                isCurrent={item.to === current}
                count={props.counts[item.to]}
              />
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

/** What somebody on call goes to; the rest is behind More. */
const onPhone: readonly NavItem['to'][] = ['/', '/tenants', '/operations', '/alerts']
const phoneItem =
  'flex h-14 flex-col items-center justify-center gap-1 text-12 text-ink-3 aria-[current]:font-medium aria-[current]:text-ink'

/** The same at the bottom of a phone: targets of 56 px. */
export function PhoneNav(props: { counts: NavCounts }) {
  const current = useCurrentItem()
  const navigate = useNavigate()
  const rest = navItems.filter(({ to }) => !onPhone.includes(to))
  return (
    <nav
      aria-label="Main"
      className="grid shrink-0 auto-cols-fr grid-flow-col border-t border-line bg-bg pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {navItems
        .filter(({ to }) => onPhone.includes(to))
        .map((item) => (
          <Link
            key={item.to}
            to={item.to}
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={item.to === current ? 'page' : undefined}
            className={phoneItem}
          >
            <Icon of={item.icon} size={18} />
            <span className="flex items-center gap-1">
              {item.label}
              {item.to === '/alerts' && props.counts[item.to]}
            </span>
          </Link>
        ))}
      <Menu
        trigger={
          <button
            type="button"
            aria-current={rest.some(({ to }) => to === current) ? 'true' : undefined}
            className={phoneItem}
          >
            <Icon of={Ellipsis} size={18} />
            More
          </button>
        }
      >
        {rest.map((item) => (
          <MenuItem key={item.to} icon={item.icon} onSelect={() => void navigate({ to: item.to })}>
            {item.label}
          </MenuItem>
        ))}
      </Menu>
    </nav>
  )
}
