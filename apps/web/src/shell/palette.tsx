import { Dialog } from '@base-ui/react/dialog'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Globe, Keyboard, type LucideIcon, Search, SunMoon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { toggleTimeZone } from '../ui/time-zone.ts'
import { navItems } from './nav-items.ts'
import { usePaletteActions } from './palette-actions.ts'
import { chooseTheme, useTheme } from './theme.ts'

/** One thing that was found on the server. */
export interface PaletteHit {
  readonly id: string
  readonly label: ReactNode
  readonly icon: LucideIcon
  readonly open: () => void
}

const item =
  'flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1 select-none aria-disabled:text-ink-3 aria-selected:bg-surface-3 max-md:min-h-11 [&>svg]:text-ink-3'
const group =
  'px-1.5 py-1 [&>[cmdk-group-heading]]:px-2.5 [&>[cmdk-group-heading]]:py-1 [&>[cmdk-group-heading]]:text-12 [&>[cmdk-group-heading]]:text-ink-3'

const holds = (label: string, words: string) => label.toLowerCase().includes(words.trim().toLowerCase())

/**
 * mod+K: actions of the page, pages, and what the server finds. The list is not filtered by the browser: pages are few,
 * and the fleet is searched where it is.
 */
export function Palette(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  onKeys: () => void
  /** A hook: what the server finds for these words. Must stay the same function. */
  useHits: (words: string, close: () => void) => { hits: readonly PaletteHit[]; isSearching: boolean }
}) {
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label="Search or run a command"
          className="fixed top-[12vh] left-1/2 z-30 w-150 max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-surface shadow-overlay max-md:top-3"
        >
          <PaletteBody {...props} close={() => props.onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteBody(props: Parameters<typeof Palette>[0] & { close: () => void }) {
  const { close, useHits } = props
  const [words, setWords] = useState('')
  const navigate = useNavigate()
  const theme = useTheme()
  const actions = usePaletteActions().filter(({ label }) => holds(label, words))
  const pages = navItems.filter(({ label }) => holds(label, words))
  const { hits, isSearching } = useHits(words, close)
  const settings = [
    {
      label: theme === 'dark' ? 'Change to the light theme' : 'Change to the dark theme',
      icon: SunMoon,
      run: () => chooseTheme(theme === 'dark' ? 'light' : 'dark'),
    },
    { label: 'Switch times to or from UTC', icon: Globe, run: toggleTimeZone },
    { label: 'Keyboard shortcuts', icon: Keyboard, run: props.onKeys },
  ].filter(({ label }) => words !== '' && holds(label, words))
  const then = (run: () => void) => () => {
    close()
    run()
  }
  return (
    <Command shouldFilter={false} loop label="Search or run a command">
      <div className="flex h-11 items-center gap-2.5 border-b border-line px-4">
        <Icon of={Search} size={16} className="text-ink-3" />
        <Command.Input
          value={words}
          onValueChange={setWords}
          placeholder="A tenant, a page or a command"
          className="h-full flex-1 bg-transparent text-14 outline-none placeholder:text-ink-3 max-md:text-16"
        />
        <KeyHint keys={['escape']} />
      </div>
      <Command.List className="max-h-[min(60vh,420px)] overflow-y-auto py-1">
        <Command.Empty className="px-4 py-3 text-ink-3">
          {isSearching ? 'Searching' : `Nothing is called “${words}”.`}
        </Command.Empty>
        {actions.length > 0 && (
          <Command.Group heading="On this page" className={group}>
            {actions.map((action) => (
              <Command.Item
                key={action.id}
                value={`action ${action.id}`}
                disabled={Boolean(action.disabledReason)}
                onSelect={then(action.run)}
                className={item}
              >
                {action.icon && <Icon of={action.icon} />}
                <span>
                  {action.label}
                  {action.disabledReason && (
                    <span className="block text-12 text-ink-3">{action.disabledReason}</span>
                  )}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {hits.length > 0 && (
          <Command.Group heading="Tenants" className={group}>
            {hits.map((hit) => (
              <Command.Item key={hit.id} value={`hit ${hit.id}`} onSelect={then(hit.open)} className={item}>
                <Icon of={hit.icon} />
                {hit.label}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {pages.length > 0 && (
          <Command.Group heading="Go to" className={group}>
            {pages.map((page) => (
              <Command.Item
                key={page.to}
                value={`page ${page.to}`}
                onSelect={then(() => void navigate({ to: page.to }))}
                className={item}
              >
                <Icon of={page.icon} />
                <span className="flex-1">{page.label}</span>
                <KeyHint keys={['g', page.key]} />
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {settings.length > 0 && (
          <Command.Group heading="Settings" className={group}>
            {settings.map((setting) => (
              <Command.Item
                key={setting.label}
                value={`setting ${setting.label}`}
                onSelect={then(setting.run)}
                className={item}
              >
                <Icon of={setting.icon} />
                {setting.label}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  )
}
