import { type RefCallback, useCallback, useRef, useState } from 'react'

const told = new WeakMap<Element, (width: number) => void>()
let observer: ResizeObserver | undefined

function observe(element: Element, tell: (width: number) => void): () => void {
  observer ??= new ResizeObserver((entries) => {
    for (const entry of entries) told.get(entry.target)?.(Math.floor(entry.contentRect.width))
  })
  told.set(element, tell)
  observer.observe(element)
  return () => {
    told.delete(element)
    observer?.unobserve(element)
  }
}

/** The inner width of an element in whole pixels; one observer serves every chart on the page. 0 before the first look. */
export function useWidth(): { ref: RefCallback<HTMLElement>; width: number } {
  const [width, setWidth] = useState(0)
  const leave = useRef<() => void>(undefined)
  const ref = useCallback((element: HTMLElement | null) => {
    leave.current?.()
    leave.current = undefined
    if (!element) return
    setWidth(Math.floor(element.getBoundingClientRect().width))
    leave.current = observe(element, setWidth)
  }, [])
  return { ref, width }
}
