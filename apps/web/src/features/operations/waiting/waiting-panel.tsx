import { StatusIcon } from '../../../ui/status.tsx'
import { useNow } from '../../../ui/time.tsx'
import { HurryButton } from '../acts/waiting-acts.tsx'
import { CancelButton } from '../operation-acts.tsx'
import type { Operation } from '../use-operation.ts'
import { lineOf } from './reason-lines.tsx'
import { useWhyWaiting } from './use-why-waiting.ts'

/** Why it is not moving, from the queue's own facts; nothing while it moves. */
export function WaitingPanel(props: { operation: Operation; skewMs: number }) {
  const { operation } = props
  const reasons = useWhyWaiting(operation.id, operation.state)
  const now = useNow(reasons?.length ? 500 : 0) - props.skewMs
  if (!reasons?.length) return null
  const title = operation.state === 'running' ? 'What is about to happen' : 'Why it waits'
  const held = reasons.some(({ kind }) => kind === 'held')
  return (
    <section
      aria-label={title}
      className="tone-warn gutter shrink-0 border-b border-line bg-surface-2 py-2.5 shadow-[inset_3px_0_var(--tone)]"
    >
      <h3 className="mb-1 text-12 font-medium text-ink-3">{title}</h3>
      <ul className="grid gap-1.5">
        {reasons.map((reason) => {
          const { tone, title, detail } = lineOf(reason, now)
          return (
            <li key={reason.kind} className="flex gap-2">
              <StatusIcon tone={tone} className="mt-0.75" />
              <div className="min-w-0 break-words">
                <span className="font-medium">{title}</span> <span className="text-ink-2">{detail}</span>
              </div>
            </li>
          )
        })}
      </ul>
      {held && (
        <div className="mt-2 flex flex-wrap gap-2">
          <HurryButton operation={operation} variant="primary" />
          <CancelButton operation={operation} />
        </div>
      )}
    </section>
  )
}
