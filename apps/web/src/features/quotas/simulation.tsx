import type { DraftLimits } from '@tenantry/contracts'
import { useDeferredValue } from 'react'
import { StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { amountOf, sentenceOf } from './quota-words.ts'
import { useSimulation } from './use-quotas.ts'

/** What the limits would do if they were saved now, by what was last measured. */
export function Simulation(props: { planId?: string; limits: DraftLimits }) {
  const limits = useDeferredValue(props.limits)
  const query = useSimulation({ ...(props.planId ? { planId: props.planId } : {}), limits })
  if (!query.data) {
    return <p className="text-12 text-ink-3">{query.error ? 'Not simulated.' : 'Simulating…'}</p>
  }
  const told = query.data.flatMap((one) => {
    const sentence = sentenceOf(one)
    return sentence ? [{ one, sentence }] : []
  })
  if (!told.length) {
    return (
      <p className="flex items-center gap-1.5">
        <StatusIcon tone="ok" /> Nobody would be over.
      </p>
    )
  }
  return (
    <ul className="grid gap-1.5">
      {told.map(({ one, sentence }) => (
        <li key={one.resource} className="flex gap-1.5">
          <StatusIcon tone={one.over ? 'warn' : 'ok'} className="mt-0.5" />
          <span className="num">
            {sentence}
            {one.examples.length > 0 && (
              <span className="block text-12 text-ink-3">
                {one.examples.map(({ slug, used }, n) => (
                  <span key={slug}>
                    {n > 0 && ' · '}
                    <Mono>{slug}</Mono> {amountOf(one.resource, used)}
                  </span>
                ))}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
