import { useEffect, useRef, useSyncExternalStore } from 'react'
import { isSingleKey, matchStroke, strokeName } from './shortcut-keys.ts'

export interface Shortcut {
  /** `j`, `g t`, `mod+k`, `shift+x`. */
  readonly keys: string
  /** As listed in the `?` sheet. */
  readonly label: string
  readonly group: 'Go' | 'List' | 'Page' | 'Anywhere'
  readonly run: () => void
}

/** Every shortcut that works on the page as it is; the last one registered wins. */
let active: readonly Shortcut[] = []
const watchers = new Set<() => void>()

const storageKey = 'tenantry.single-keys'
let singleKeys = readSingleKeys()
let prefix: string | undefined
let prefixTimer: ReturnType<typeof setTimeout> | undefined

function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

function tell(): void {
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Turns shortcuts of one key on or off, for those who speak to their computer. */
export function setSingleKeys(on: boolean): void {
  singleKeys = on
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off')
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  tell()
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(watch, () => singleKeys)
}

/** What the `?` sheet lists. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(watch, () => active)
}

/** Registers shortcuts while the caller is mounted; `run` may change freely. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const shape = shortcuts.map(({ keys, label }) => `${keys}:${label}`).join('|')
  useEffect(() => {
    const mine = latest.current.map((shortcut, i) => ({ ...shortcut, run: () => latest.current[i]?.run() }))
    active = [...active, ...mine]
    tell()
    return () => {
      active = active.filter((shortcut) => !mine.includes(shortcut))
      tell()
    }
  }, [shape])
}

const typing = 'input:not([type=checkbox]), textarea, select, [contenteditable], [role=combobox]'
const pressing =
  'button, a[href], input, [role=checkbox], [role=tab], [role=option], [role=menuitem], summary'
const overlay = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

function onKeyDown(event: KeyboardEvent): void {
  const name = event.isComposing ? undefined : strokeName(event)
  if (!name || event.defaultPrevented) return
  const target = event.target instanceof Element ? event.target : document.body
  const isBusy = target.closest(typing) !== null || document.querySelector(overlay) !== null
  if (isSingleKey(name) && (!singleKeys || isBusy)) return
  // Enter and Space belong to the control that has the focus.
  if ((name === 'enter' || name === 'space') && target.closest(pressing)) return

  const match = matchStroke(
    prefix,
    name,
    active.map(({ keys }) => keys),
  )
  clearTimeout(prefixTimer)
  prefix = undefined
  if (!match) return
  event.preventDefault()
  if ('prefix' in match) {
    prefix = match.prefix
    prefixTimer = setTimeout(() => {
      prefix = undefined
    }, 1200)
    return
  }
  active.findLast(({ keys }) => keys === match.run)?.run()
}

/** Listens to the keyboard; called once by the shell. */
export function useKeyboard(): void {
  useEffect(() => {
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
