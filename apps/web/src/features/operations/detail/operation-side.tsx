import { callForms } from '../../../api/call-forms.ts'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { type Fact, FactList } from '../../../ui/facts.tsx'
import { SidePanel } from '../../../ui/side-panel.tsx'
import { Mono } from '../../../ui/tag.tsx'
import type { Operation } from '../use-operation.ts'

/** `templateVersion` → "Template version" */
function nameOf(key: string): string {
  const words = key.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
const isSentence = (value: unknown) => /\s\S+\s/.test(textOf(value))
const isSaid = (value: unknown) => value !== null && value !== undefined && value !== ''

/** What goes in or came out, a line each; long words are cut with the whole on hover. */
function factsOf(values: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(values)
    .filter(([, value]) => isSaid(value) && !isSentence(value))
    .map(([key, value]) => {
      const text = textOf(value)
      return {
        name: nameOf(key),
        value: <span title={text}>{/\s/.test(text) ? text : <Mono>{text}</Mono>}</span>,
      }
    })
}

/** What its steps found, gathered from the latest run of each. */
function resultOf(operation: Operation): Record<string, unknown> {
  const known = new Set(Object.keys(operation.input))
  const found = operation.steps
    .filter(({ direction, state }) => direction === 'up' && state === 'done')
    .flatMap(({ result }) => Object.entries(result ?? {}))
    .filter(([key]) => !known.has(key) && key !== 'reason')
  return { ...Object.fromEntries(found), ...operation.result }
}

function Section(props: { title: string; values: Readonly<Record<string, unknown>>; empty: string }) {
  const facts = factsOf(props.values)
  const sentences = Object.values(props.values).filter((value) => isSaid(value) && isSentence(value))
  return (
    <section className="border-b border-line px-4 pt-2.5 pb-3">
      <h3 className="mb-1.5 text-13 font-semibold">{props.title}</h3>
      {facts.length > 0 && <FactList facts={facts} />}
      {sentences.map((value) => (
        <p key={textOf(value)} className="mt-1 text-12 text-ink-3">
          {textOf(value)}
        </p>
      ))}
      {facts.length + sentences.length === 0 && <p className="text-12 text-ink-3">{props.empty}</p>}
    </section>
  )
}

/** What stands there is of steps that may have been taken back since. */
function resultTitle({ state }: Operation): string {
  if (state === 'succeeded') return 'Result'
  return state === 'failed' ? 'Found before it failed' : 'Result so far'
}

/** What it was given, what came of it, and how to ask for the same elsewhere. */
export function OperationSide(props: { operation: Operation }) {
  const { operation } = props
  const over = operation.finishedAt !== null
  return (
    <SidePanel label="Input and result" width={360}>
      <Section title="Input" values={operation.input} empty="Nothing but what it is about." />
      <Section
        title={resultTitle(operation)}
        values={resultOf(operation)}
        empty={over ? 'Nothing was left.' : 'Nothing yet.'}
      />
      <div className="px-4 py-2.5">
        <CopyAs
          forms={callForms(
            { path: 'operations.get', kind: 'query', input: { id: operation.id } },
            location.origin,
            location.origin + location.pathname,
          )}
        />
      </div>
    </SidePanel>
  )
}
