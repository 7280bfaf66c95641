import { type AlertRule, describeSeconds, scopeOf } from '@tenantry/contracts'
import { useState } from 'react'
import { formatCount } from '../../../ui/number-format.ts'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { SidePanel, SideSection } from '../../../ui/side-panel.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { conditionSentence } from '../alert-words.ts'
import { EpisodeLanes } from './episode-lanes.tsx'
import { type Preview, useRulePreview } from './use-rule-preview.ts'

const ranges = [
  { value: '24', label: '24 h' },
  { value: '168', label: '7 d' },
  { value: '720', label: '30 d' },
] as const
type Range = (typeof ranges)[number]['value']

/** What the rule says in a sentence, and what it would have done; follows what is typed. */
export function RulePreview(props: { wanted: AlertRule | undefined; missing: string | undefined }) {
  const { wanted, missing } = props
  const [range, setRange] = useState<Range>('168')
  const { query, isSettled } = useRulePreview(wanted, Number(range))
  return (
    <SidePanel label="Preview" width={448}>
      <SideSection title="It says">
        <p className="text-ink-2">{wanted ? `${conditionSentence(wanted.condition)}.` : missing}</p>
      </SideSection>
      <SideSection
        title="It would have fired"
        end={<Segments label="How far back" value={range} onChange={setRange} options={ranges} />}
      >
        {wanted ? (
          <PanelBoundary title="The preview">
            <QueryPanel title="The preview" query={query}>
              {(preview) => <Replayed preview={preview} wanted={wanted} isSettled={isSettled} />}
            </QueryPanel>
          </PanelBoundary>
        ) : (
          <p className="text-12 text-ink-3">
            As soon as the rule is whole, it is held against what was measured.
          </p>
        )}
      </SideSection>
    </SidePanel>
  )
}

function Replayed(props: { preview: Preview; wanted: AlertRule; isSettled: boolean }) {
  const { preview, wanted, isSettled } = props
  const of = scopeOf(wanted.condition.metric)
  return (
    <div aria-busy={!isSettled} className={isSettled ? undefined : 'opacity-60'}>
      <p role="status" className="text-16 font-semibold tracking-tight">
        {verdict(preview)}
      </p>
      <p className="mt-0.5 text-12 text-ink-3">
        {preview.firstAt ? (
          <>
            First <TimeStamp at={preview.firstAt} />, longest {describeSeconds(preview.longestSeconds)}.
          </>
        ) : (
          'In what was measured in this time it never held for long enough.'
        )}{' '}
        {preview.coarseUntil && (
          <>
            What lies before <TimeStamp at={preview.coarseUntil} form="date" /> is known by the hour only.
          </>
        )}
      </p>
      <EpisodeLanes preview={preview} />
      <p className="num mt-2 text-12 text-ink-2">
        {preview.inScope === 0
          ? `It is about nobody now: no ${of} is in its scope.`
          : `Holds now for ${formatCount(preview.holdsNow)} of ${formatCount(preview.inScope)} ${preview.inScope === 1 ? of : `${of}s`}.`}
        {preview.looked < preview.inScope && ` Replayed were the ${preview.looked} that are furthest along.`}
      </p>
    </div>
  )
}

/** `3 times, 41 min in all` */
function verdict({ fired, firedSeconds }: Preview): string {
  if (fired === 0) return 'Never'
  return `${fired === 1 ? 'Once' : `${formatCount(fired)} times`}, ${describeSeconds(firedSeconds)} in all`
}
