import { useEffect } from 'react'
import { setTitleCount } from '../../../shell/page-title.tsx'
import type { FiringCounts } from '../use-alerts.ts'
import { drawFavicon } from './draw-favicon.ts'
import { totalOf, worstOf } from './firing-words.ts'

/** What fires, in the title and in the icon of the tab: seen while one works somewhere else. */
export function useTabBadge(counts: FiringCounts | undefined): void {
  const total = totalOf(counts)
  const icon = drawFavicon(total, worstOf(counts))
  useEffect(() => {
    setTitleCount(total)
    return () => setTitleCount(0)
  }, [total])
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (link && link.getAttribute('href') !== icon) link.setAttribute('href', icon)
  }, [icon])
}
