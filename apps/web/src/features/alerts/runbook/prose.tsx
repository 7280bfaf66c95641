import { Link } from '@tanstack/react-router'
import Markdown from 'markdown-to-jsx/react'
import { type ComponentPropsWithoutRef, Fragment } from 'react'
import { CodeBlock } from '../../../ui/code.tsx'
import { runbookKey } from './runbook-key.ts'

/** A link of the text: to another runbook in the console, anything else outside. */
function ProseLink({ href = '', children }: ComponentPropsWithoutRef<'a'>) {
  const other = /^(?:\.\/)?([a-z0-9-]+)\.md$/.exec(href)?.[1] ?? runbookKey(href)
  if (other) {
    return (
      <Link to="/docs/alerts/$key" params={{ key: other }} className="link">
        {children}
      </Link>
    )
  }
  // What lies elsewhere in the documentation is not in the console.
  if (!/^https?:/.test(href)) return <>{children}</>
  return (
    <a href={href} rel="noreferrer" target="_blank" className="link">
      {children}
    </a>
  )
}

/** A block of code with its copy button. */
function Pre(props: { children?: { props?: { children?: unknown } } }) {
  const text = props.children?.props?.children
  return (
    <CodeBlock text={String(Array.isArray(text) ? text.join('') : (text ?? ''))} label="Copy the commands" />
  )
}

const looks =
  'grid gap-2.5 text-ink-2 [&_code]:mono [&_h2]:mt-3 [&_h2]:text-14 [&_h2]:font-semibold [&_h2]:text-ink [&_h3]:font-semibold [&_h3]:text-ink [&_li]:mb-1 [&_ol]:list-decimal [&_ol]:pl-5 [&_strong]:text-ink [&_table]:w-full [&_td]:border-t [&_td]:border-line [&_td]:py-1 [&_td]:pr-3 [&_td]:align-top [&_th]:pr-3 [&_th]:text-left [&_ul]:list-disc [&_ul]:pl-5'

const options = {
  // Markdown only: what looks like HTML stays text, and an address that runs something is dropped.
  disableParsingRawHTML: true,
  wrapper: Fragment,
  overrides: { a: ProseLink, pre: Pre, img: ({ alt }: { alt?: string }) => alt ?? null },
} as const

/** Markdown of ours as the console shows it. */
export function Prose(props: { text: string }) {
  return (
    <div className={looks}>
      <Markdown options={options}>{props.text}</Markdown>
    </div>
  )
}
