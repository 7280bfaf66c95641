import { Link } from '@tanstack/react-router'
import { Globe, Keyboard, LogOut, Moon, Search, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../ui/menu.tsx'
import { toggleTimeZone, useTimeZone } from '../ui/time-zone.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { usePageName } from './page-title.tsx'
import { chooseTheme, type ThemeChoice, useTheme, useThemeChoice } from './theme.ts'
import { initialsOf, useViewer } from './viewer.ts'

/** Breadcrumb; its last part is the page's h1. */
function Crumb() {
  const page = usePageName()
  return (
    <div className="flex min-w-0 items-center gap-1.5 text-14 whitespace-nowrap">
      {page.parent && (
        <>
          <Link to={page.parent.to} className="text-ink-3 hover:text-ink">
            {page.parent.label}
          </Link>
          <span className="text-ink-faint" aria-hidden="true">
            /
          </span>
        </>
      )}
      <h1
        data-page-heading=""
        tabIndex={-1}
        className={classNames(
          'truncate font-semibold tracking-[-0.01em] outline-none',
          page.mono && 'mono text-13!',
        )}
      >
        {page.title}
      </h1>
      {page.count !== undefined && <span className="num text-13 text-ink-3">{page.count}</span>}
    </div>
  )
}

/** Where this is: the environment in its own colour, which is no status. */
export function EnvironmentChip(props: { name: string }) {
  return (
    <span className="inline-flex h-6 shrink-0 items-center gap-1.5 rounded-md border border-[color-mix(in_oklab,var(--env)_42%,var(--surface))] px-2 text-12 font-medium">
      <span className="size-1.5 rounded-[1px] bg-env" aria-hidden="true" />
      {props.name}
    </span>
  )
}

function ZoneButton() {
  const zone = useTimeZone()
  return (
    <Tooltip
      content={
        <span className="flex items-center gap-2">
          Times in {zone.name} <KeyHint keys={['t']} />
        </span>
      }
    >
      <button
        type="button"
        onClick={toggleTimeZone}
        aria-label={`${zone.short}: times in ${zone.name}. Change to ${zone.name === 'UTC' ? 'your own zone' : 'UTC'}`}
        className="h-6 cursor-default rounded-md px-1 text-12 whitespace-nowrap text-ink-2 hover:bg-surface-3 max-md:hidden"
      >
        {zone.short}
      </button>
    </Tooltip>
  )
}

function PersonMenu(props: { onKeys: () => void; personal: ReactNode }) {
  const viewer = useViewer()
  const choice = useThemeChoice()
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${initialsOf(viewer.name)}: ${viewer.name}, ${viewer.role}`}
          className="grid size-6.5 shrink-0 cursor-default place-items-center rounded-full border border-line bg-surface-3 text-12 font-medium text-ink-2 max-md:size-9"
        >
          {initialsOf(viewer.name)}
        </button>
      }
    >
      <div className="px-3 py-1.5">
        <div className="font-medium">{viewer.name}</div>
        <div className="text-12 text-ink-3">
          {viewer.email}, {viewer.role}
        </div>
      </div>
      <MenuLine />
      <MenuChoice<ThemeChoice>
        label="Theme"
        value={choice}
        onChange={chooseTheme}
        options={[
          { value: 'system', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
      <MenuLine />
      <MenuItem icon={Globe} keys={['t']} onSelect={toggleTimeZone}>
        Switch times to or from UTC
      </MenuItem>
      <MenuItem icon={Keyboard} keys={['?']} onSelect={props.onKeys}>
        Keyboard shortcuts
      </MenuItem>
      {props.personal}
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={viewer.signOut}>
        Sign out
      </MenuItem>
    </Menu>
  )
}

/** 44 px: breadcrumb, search, environment, live pill, zone, theme, person. */
export function TopBar(props: {
  pill: ReactNode
  /** What fires, and the choices about it in the menu of the person. */
  bell: ReactNode
  personal: ReactNode
  onSearch: () => void
  onKeys: () => void
}) {
  const viewer = useViewer()
  const theme = useTheme()
  return (
    <header className="gutter flex min-w-0 items-center gap-2 border-b border-line bg-surface pt-0.5">
      <Crumb />
      <button
        type="button"
        onClick={props.onSearch}
        className="ml-auto flex h-7 w-65 cursor-default items-center gap-2 rounded-md border border-line bg-surface-2 pr-1.5 pl-2 text-ink-3 hover:border-line-strong max-lg:w-45 max-md:hidden"
      >
        <Icon of={Search} />
        <span className="flex-1 truncate text-left">Search or run a command</span>
        <KeyHint keys={['mod', 'k']} />
      </button>
      <IconButton
        icon={Search}
        label="Search or run a command"
        onClick={props.onSearch}
        className="ml-auto md:hidden"
      />
      <span className="max-md:hidden">
        <EnvironmentChip name={viewer.environment.name} />
      </span>
      {props.pill}
      {props.bell}
      <ZoneButton />
      <IconButton
        icon={theme === 'dark' ? Moon : Sun}
        label={theme === 'dark' ? 'Change to the light theme' : 'Change to the dark theme'}
        onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}
        className="max-md:hidden"
      />
      <PersonMenu onKeys={props.onKeys} personal={props.personal} />
    </header>
  )
}
