import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

/** One line that can be copied: a command, a URL. `name` stands before it; `prompt` shows a dollar that is not copied. */
export function CodeBox(props: { text: string; name?: string; prompt?: boolean }) {
  return (
    <div className="flex min-w-0 items-center gap-2 rounded-md border border-line bg-surface-2 py-1 pr-1.5 pl-2.5 text-ink">
      {props.name && <span className="w-17 shrink-0 text-12 text-ink-3">{props.name}</span>}
      <code className="mono min-w-0 flex-1 truncate leading-4.5">
        {props.prompt && <span className="text-ink-3 select-none">$ </span>}
        {props.text}
      </code>
      <CopyButton text={props.text} label={`Copy ${props.name ?? 'the command'}`} />
    </div>
  )
}

/** Several lines of code, with a copy button in the corner. */
export function CodeBlock(props: { text: string; children?: ReactNode; label?: string }) {
  return (
    <div className="relative min-w-0 rounded-md border border-line bg-surface-2">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key */}
      <pre className="mono overflow-x-auto px-2.5 py-2 pr-9 leading-4.5" tabIndex={0}>
        {props.children ?? props.text}
      </pre>
      <CopyButton
        text={props.text}
        label={props.label ?? 'Copy'}
        className="absolute! top-1 right-1 bg-surface-2"
      />
    </div>
  )
}
