import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'

const key = 'tenantry.theme'
const watchers = new Set<() => void>()
const dark = matchMedia('(prefers-color-scheme: dark)')
let choice = read()

function read(): ThemeChoice {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

function apply(): void {
  const isDark = choice === 'dark' || (choice === 'system' && dark.matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  for (const watcher of watchers) watcher()
}

dark.addEventListener('change', apply)

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Light, dark or as the system has it; public/theme.js sets the same before the first paint. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next
  try {
    localStorage.setItem(key, next)
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  apply()
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(watch, () => choice)
}

/** The theme that is on: what a canvas must know to read the tokens again. */
export function useTheme(): 'light' | 'dark' {
  return useSyncExternalStore(watch, () =>
    document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
  )
}
