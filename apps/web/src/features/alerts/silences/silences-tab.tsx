import { BellOff, CalendarClock, type LucideIcon, Plus, Wrench } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { EmptyNothing } from '../../../ui/empty.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { matcherSentence } from '../alert-words.ts'
import { Group } from '../firing/firing-tab.tsx'
import { Until } from '../since.tsx'
import { SilenceDialog } from './silence-dialog.tsx'
import { emptySilence, type SilenceDraft } from './silence-draft.ts'
import {
  type Silence,
  type SilenceState,
  useEndSilence,
  useSilenceRefusal,
  useSilences,
} from './use-silences.ts'

const groups: readonly { state: SilenceState; title: string; icon: LucideIcon }[] = [
  { state: 'active', title: 'Active', icon: BellOff },
  { state: 'planned', title: 'Planned', icon: CalendarClock },
  { state: 'ended', title: 'Ended', icon: BellOff },
]
const every = groups.map(({ state }) => state)

/** What is silent now, what will be, and what was. */
export function SilencesTab() {
  const { query, rows, names, byState } = useSilences(every)
  const [draft, setDraft] = useState<SilenceDraft>()
  const [ending, setEnding] = useState<Silence>()
  const refusal = useSilenceRefusal()
  const { end, isPending } = useEndSilence()
  return (
    <>
      <div className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
        <p className="min-w-0 flex-1 text-12 text-ink-3">
          For what is silent nobody is called; it is measured and shown all the same. Acknowledging says that
          somebody is at it; only the fault’s end resolves an incident.
        </p>
        <Button
          icon={Wrench}
          disabledReason={refusal}
          onClick={() => setDraft({ ...emptySilence('maintenance'), starts: '' })}
        >
          Plan maintenance…
        </Button>
        <Button
          variant="primary"
          icon={Plus}
          disabledReason={refusal}
          onClick={() => setDraft(emptySilence())}
        >
          New silence…
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <PanelBoundary title="Silences">
          <QueryPanel title="The list of silences" noun="silences" query={query}>
            {() => (
              <>
                {rows.length === 0 && (
                  <EmptyNothing title="Nothing is silenced">
                    Silence what is known and being mended, or plan a window for maintenance: it ends by
                    itself.
                  </EmptyNothing>
                )}
                {groups.map(({ state, title, icon }) => {
                  const of = rows.filter((row) => row.state === state)
                  if (state === 'planned') of.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
                  return (
                    of.length > 0 && (
                      <Group key={state} title={title} meta={byState?.[state]}>
                        {of.map((silence) => (
                          <Row
                            key={silence.id}
                            silence={silence}
                            icon={silence.kind === 'maintenance' ? Wrench : icon}
                            names={names}
                            refusal={refusal}
                            onEnd={() => setEnding(silence)}
                          />
                        ))}
                      </Group>
                    )
                  )
                })}
                {query.hasNextPage && (
                  <div className="gutter py-2">
                    <Button size="sm" onClick={() => void query.fetchNextPage()}>
                      Older
                    </Button>
                  </div>
                )}
              </>
            )}
          </QueryPanel>
        </PanelBoundary>
      </div>
      {draft && <SilenceDialog draft={draft} onClose={() => setDraft(undefined)} />}
      {ending && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setEnding(undefined)}
          title={ending.state === 'planned' ? 'Call the window off' : 'End the silence'}
          keep="Leave it"
          act={ending.state === 'planned' ? 'Call it off' : 'End it'}
          busy={isPending}
          onAct={() => {
            end({ silenceId: ending.id, ifVersion: ending.rowVersion })
            setEnding(undefined)
          }}
        >
          {ending.matches > 0
            ? `${formatCount(ending.matches)} alerts fire that it matches: whoever is on call hears of them now.`
            : 'No alert that fires now is matched by it.'}
        </ConfirmDialog>
      )}
    </>
  )
}

function Row(props: {
  silence: Silence
  icon: LucideIcon
  names: Readonly<Record<string, string>>
  refusal: string | undefined
  onEnd: () => void
}) {
  const { silence, names } = props
  const isOver = silence.state === 'ended'
  return (
    <article
      aria-label={silence.comment}
      className="gutter grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 gap-y-1 border-b border-line py-2"
    >
      <Icon of={props.icon} className="mt-1 text-ink-3" />
      <div className="min-w-0">
        <p className="font-medium break-words">{silence.comment}</p>
        <p className="mt-1 flex flex-wrap gap-1.5">
          {silence.matchers.map((matcher) => (
            <Tag key={JSON.stringify(matcher)}>{matcherSentence(matcher, names)}</Tag>
          ))}
        </p>
        <p className="mt-1 text-12 text-ink-3">
          {silence.createdByName}, {silence.kind === 'maintenance' ? 'maintenance' : 'silence'} from{' '}
          <TimeStamp at={silence.startsAt} /> to <TimeStamp at={silence.endsAt} />
        </p>
      </div>
      <div className="flex flex-col items-end gap-1">
        <span className="num text-12 text-ink-2">
          {silence.state === 'active' && (
            <>
              ends in <Until at={silence.endsAt} />
            </>
          )}
          {silence.state === 'planned' && <TimeStamp at={silence.startsAt} form="relative" />}
        </span>
        {!isOver && (
          <>
            <span className="num text-12 text-ink-3">
              matches {formatCount(silence.matches)} {silence.matches === 1 ? 'alert' : 'alerts'}
            </span>
            <Button size="sm" disabledReason={props.refusal} onClick={props.onEnd}>
              {silence.state === 'planned' ? 'Call off…' : 'End…'}
            </Button>
          </>
        )}
      </div>
    </article>
  )
}
