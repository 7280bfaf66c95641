import { useEffect, useRef, useState } from 'react'
import { usePageName } from './page-title.tsx'

/** Says the new page's name to screen readers and moves the focus to its h1; a change of filters is no new page. */
export function RouteAnnouncer() {
  const { title } = usePageName()
  const [said, say] = useState('')
  const last = useRef('')

  useEffect(() => {
    if (!title || title === last.current) return
    const isArrival = last.current === ''
    last.current = title
    if (isArrival) return
    say(`${title}, page loaded`)
    document.querySelector<HTMLElement>('[data-page-heading]')?.focus({ preventScroll: true })
  }, [title])

  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  )
}
