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

/** What goes in or came out, a line each; long words are cut with the whole on hover. */
function factsOf(values: Readonly<Record<string, unknown>> | null): Fact[] {
  return Object.entries(values ?? {})
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
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

function Section(props: { title: string; facts: readonly Fact[]; empty: string }) {
  return (
    <section className="border-b border-line px-4 pt-2.5 pb-3">
      <h3 className="mb-1.5 text-13 font-semibold">{props.title}</h3>
      {props.facts.length ? (
        <FactList facts={props.facts} />
      ) : (
        <p className="text-12 text-ink-3">{props.empty}</p>
      )}
    </section>
  )
}

/** What it was given, what came of it, and how to ask for the same elsewhere. */
export function OperationSide(props: { operation: Operation }) {
  const { operation } = props
  const over = operation.finishedAt !== null
  return (
    <SidePanel label="Input and result" width={360}>
      <Section title="Input" facts={factsOf(operation.input)} empty="Nothing but what it is about." />
      <Section
        title={over ? 'Result' : 'Result so far'}
        facts={factsOf(resultOf(operation))}
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
