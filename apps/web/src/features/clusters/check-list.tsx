import { type ClusterCheck, clusterChecks } from '@tenantry/contracts'
import { CodeBlock } from '../../ui/code.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import type { Tone } from '../../ui/tone.ts'

const looks: Record<ClusterCheck['outcome'], { tone: Tone; word: string }> = {
  ok: { tone: 'ok', word: 'fine' },
  warning: { tone: 'warn', word: 'warning' },
  error: { tone: 'failed', word: 'error' },
}

/** Every answer with a sentence, and what mends it to copy. */
export function CheckList(props: { checks: readonly ClusterCheck[]; label: string }) {
  return (
    <ul aria-label={props.label}>
      {props.checks.map((one) => (
        <li
          key={one.check}
          className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5 border-t border-line py-1.5 first:border-t-0"
        >
          <StatusIcon tone={looks[one.outcome].tone} className="mt-[3px]" />
          <div className="min-w-0">
            <span className="font-medium">{clusterChecks[one.check]}</span>
            <span className="sr-only">: {looks[one.outcome].word}</span>
            <p className="text-12 break-words text-ink-3">{one.message}</p>
            {one.mend && (
              <div className="mt-1 mb-0.5">
                <CodeBlock text={one.mend} label={`Copy what mends it: ${clusterChecks[one.check]}`} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** "12 fine, 2 warnings, 1 error" */
export function checkSummary(checks: readonly ClusterCheck[]): string {
  const count = (outcome: ClusterCheck['outcome']) => checks.filter((one) => one.outcome === outcome).length
  const [fine, warnings, errors] = [count('ok'), count('warning'), count('error')]
  return [
    `${fine} fine`,
    ...(warnings ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
    ...(errors ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
  ].join(', ')
}
