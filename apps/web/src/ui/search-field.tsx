import { Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'

/**
 * The search of a list; `/` comes here. Typing is told to `onChange` after 120 ms of rest, so that the URL and the server
 * are not asked for every letter.
 */
export function SearchField(props: {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  /** Enter: what was typed is meant as it stands. */
  onEnter?: (value: string) => void
  /** Chips before the text. */
  chips?: ReactNode
  /** After the text: "143 match". */
  end?: ReactNode
}) {
  const [text, setText] = useState(props.value)
  const told = useRef(props.value)
  const tell = useRef(props.onChange)
  tell.current = props.onChange

  useEffect(() => {
    if (props.value === told.current) return
    told.current = props.value
    setText(props.value)
  }, [props.value])

  useEffect(() => {
    if (text === told.current) return
    const timer = setTimeout(() => {
      told.current = text
      tell.current(text)
    }, 120)
    return () => clearTimeout(timer)
  }, [text])

  return (
    <div className="flex min-h-8 min-w-40 flex-1 flex-wrap items-center gap-1 rounded-md border border-line-control bg-surface py-0.5 pr-1 pl-2 focus-within:border-transparent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus max-md:min-h-11">
      <Icon of={Search} className="mr-1 text-ink-3" />
      {props.chips}
      <input
        data-search=""
        type="text"
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') text ? setText('') : event.currentTarget.blur()
          if (event.key === 'Enter') props.onEnter?.(text)
        }}
        className="min-w-24 flex-1 bg-transparent outline-none placeholder:text-ink-3 max-md:text-16"
        spellCheck={false}
        autoComplete="off"
      />
      {props.end && <span className="num text-12 text-ink-3">{props.end}</span>}
      {text && <IconButton size="sm" icon={X} label="Clear the search" onClick={() => setText('')} />}
    </div>
  )
}
