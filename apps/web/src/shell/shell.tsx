import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useKeyboard, useShortcuts } from '../keyboard/shortcuts.ts'
import { useLiveControls, useLiveFacts } from '../live/use-live.ts'
import { toggleTimeZone } from '../ui/time-zone.ts'
import { LiveBanner } from './live-banner.tsx'
import { LivePill } from './live-pill.tsx'
import { Nav, type NavCounts, PhoneNav } from './nav.tsx'
import { navItems } from './nav-items.ts'
import { Palette, type PaletteHit } from './palette.tsx'
import { RouteAnnouncer } from './route-announcer.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { TopBar } from './top-bar.tsx'
import { useViewer } from './viewer.ts'

/** The frame of every signed-in page: navigation, top bar, live pill, palette, shortcuts. */
export function Shell(props: {
  children: ReactNode
  counts: NavCounts
  bell?: ReactNode
  /** Entries of the person’s menu. */
  personal?: ReactNode
  useHits: (words: string, close: () => void) => { hits: readonly PaletteHit[]; isSearching: boolean }
}) {
  const viewer = useViewer()
  const facts = useLiveFacts()
  const feed = useLiveControls()
  const navigate = useNavigate()
  const [searching, setSearching] = useState(false)
  const [keys, setKeys] = useState(false)

  useEffect(() => {
    document.documentElement.dataset.environment = viewer.environment.production ? 'production' : 'other'
  }, [viewer.environment.production])

  const pressPill = () => {
    if (facts.status.kind === 'paused') feed.resume()
    else if (facts.status.kind === 'live') feed.pause()
    else feed.reconnectNow()
  }

  useKeyboard()
  useShortcuts([
    { keys: 'mod+k', label: 'Search or run a command', group: 'Anywhere', run: () => setSearching(true) },
    {
      keys: '/',
      label: 'Search this list',
      group: 'Anywhere',
      run: () => {
        const field = document.querySelector<HTMLInputElement>('[data-search]')
        if (field) field.focus()
        else setSearching(true)
      },
    },
    { keys: '?', label: 'Keyboard shortcuts', group: 'Anywhere', run: () => setKeys(true) },
    { keys: 'p', label: 'Pause or go on', group: 'Anywhere', run: pressPill },
    { keys: 't', label: 'Switch times to or from UTC', group: 'Anywhere', run: toggleTimeZone },
    ...navItems.map((item) => ({
      keys: `g ${item.key}`,
      label: item.label,
      group: 'Go' as const,
      run: () => void navigate({ to: item.to }),
    })),
  ])

  const detail =
    facts.beat && `seq ${facts.beat.seq}, node ${facts.beat.node}, clock ${Math.round(facts.skew)} ms`
  return (
    <div className="grid h-dvh grid-cols-[var(--nav-w)_minmax(0,1fr)] grid-rows-[var(--top-h)_minmax(0,1fr)] overflow-hidden max-md:grid-cols-1 max-md:grid-rows-[52px_minmax(0,1fr)_auto]">
      <div className="fixed inset-x-0 top-0 z-20 h-0.5 bg-env" aria-hidden="true" />
      <a
        href="#main"
        className="fixed top-1 left-1 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <Nav counts={props.counts} version={viewer.version} onKeys={() => setKeys(true)} />
      <TopBar
        bell={props.bell}
        personal={props.personal}
        onSearch={() => setSearching(true)}
        onKeys={() => setKeys(true)}
        pill={<LivePill status={facts.status} detail={detail} onPress={pressPill} />}
      />
      <main
        id="main"
        tabIndex={-1}
        className="relative flex min-h-0 min-w-0 flex-col overflow-hidden bg-surface outline-none"
      >
        <LiveBanner facts={facts} onRetry={feed.reconnectNow} />
        {props.children}
      </main>
      <PhoneNav counts={props.counts} />
      <RouteAnnouncer />
      <Palette
        open={searching}
        onOpenChange={setSearching}
        onKeys={() => setKeys(true)}
        useHits={props.useHits}
      />
      <ShortcutSheet open={keys} onOpenChange={setKeys} />
    </div>
  )
}
