import { useState } from 'react'
import { CodeBlock } from './code.tsx'
import { Segments } from './segments.tsx'

/** The same action in other tongues. */
export interface CopyForms {
  readonly cli?: string
  readonly curl?: string
  readonly trpc?: string
  readonly link?: string
}

const names = { cli: 'CLI', curl: 'curl', trpc: 'tRPC', link: 'Link' } as const

/** "Copy as": one box that shows the chosen form. Forms that are left out are not offered. */
export function CopyAs(props: { forms: CopyForms; title?: string }) {
  const offered = (Object.keys(names) as (keyof typeof names)[]).filter((form) => props.forms[form])
  const [chosen, choose] = useState(offered[0] ?? 'link')
  return (
    <section aria-label={props.title ?? 'Copy as'}>
      <div className="mb-1.5 flex items-center justify-between">
        <h3 className="text-13 font-semibold">{props.title ?? 'Copy as'}</h3>
        <Segments
          label="Form"
          value={chosen}
          onChange={choose}
          options={offered.map((form) => ({ value: form, label: names[form] }))}
        />
      </div>
      <CodeBlock text={props.forms[chosen] ?? ''} label={`Copy as ${names[chosen]}`} />
    </section>
  )
}
