import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something that a page lets one do from the palette. */
export interface PaletteAction {
  readonly id: string
  readonly label: string
  readonly icon?: LucideIcon
  readonly run: () => void
  /** Why not now; the entry stays and says so. */
  readonly disabledReason?: string | undefined
}

let registered: readonly PaletteAction[] = []
const watchers = new Set<() => void>()

function tell(): void {
  for (const watcher of watchers) watcher()
}

/** What the palette lists first. */
export function usePaletteActions(): readonly PaletteAction[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => registered,
  )
}

/** Offers actions in the palette while the page is open. */
export function useOfferActions(actions: readonly PaletteAction[]): void {
  const latest = useRef(actions)
  latest.current = actions
  const shape = actions.map(({ id, label, disabledReason }) => `${id}:${label}:${disabledReason}`).join('|')
  useEffect(() => {
    const mine = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find(({ id }) => id === action.id)?.run(),
    }))
    registered = [...registered, ...mine]
    tell()
    return () => {
      registered = registered.filter((action) => !mine.includes(action))
      tell()
    }
  }, [shape])
}
