import { type ReactNode, useEffect, useSyncExternalStore } from 'react'

export interface PageName {
  /** The h1 and the document's title. */
  readonly title: string
  /** A slug or an id is set in mono. */
  readonly mono?: boolean
  /** Beside the h1 in ink-3: a count. */
  readonly count?: ReactNode
  /** The list that this page is of. */
  readonly parent?: {
    readonly label: string
    readonly to: '/tenants' | '/operations' | '/bulks' | '/clusters' | '/alerts'
  }
}

let current: PageName = { title: '' }
/** How many incidents want somebody: stands before every title. */
let titleCount = 0
const watchers = new Set<() => void>()

function writeTitle(): void {
  const name = [current.title, current.parent?.label, 'Tenantry'].filter(Boolean).join(' · ')
  document.title = titleCount > 0 ? `(${titleCount}) ${name}` : name
}

/** Puts a number before the title of the document, on this page and those that follow; 0 takes it away. */
export function setTitleCount(count: number): void {
  titleCount = count
  writeTitle()
}

/** What the top bar shows. */
export function usePageName(): PageName {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => current,
  )
}

/** Names the page: breadcrumb, h1, document title, and what is announced on arrival. One a page. */
export function PageTitle(props: PageName): null {
  const { title, mono, count, parent } = props
  const parentLabel = parent?.label
  const parentTo = parent?.to
  useEffect(() => {
    current = {
      title,
      ...(mono ? { mono } : {}),
      ...(count === undefined ? {} : { count }),
      ...(parentLabel && parentTo ? { parent: { label: parentLabel, to: parentTo } } : {}),
    }
    writeTitle()
    for (const watcher of watchers) watcher()
  }, [title, mono, count, parentLabel, parentTo])
  return null
}
