import { maxAtOnce, whyNotRetry } from '@tenantry/contracts'
import { Archive, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { TextLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { useRetryMany } from '../acts/use-operation-verbs.ts'
import { sentence } from '../detail/operation-cause.tsx'
import { kindVerb, objectOf, operationTitle } from '../operation-words.ts'
import { AsideDialog } from './aside-dialog.tsx'
import type { DeadLetter, DeadLetterGroup } from './use-dead-letters.ts'

/** Rows that are shown before somebody asks for the rest. */
const shownFirst = 5

/** Failures of one cause, with what can be done to all, to some, or to one of them. */
export function GroupSection(props: { group: DeadLetterGroup }) {
  const { group } = props
  const { operations, example } = group
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const shown = all ? operations : operations.slice(0, shownFirst)
  const chosen = operations.filter(({ id }) => selected.has(id))
  const toggle = (id: string, on: boolean) =>
    setSelected((now) => new Set(on ? [...now, id] : [...now].filter((one) => one !== id)))
  return (
    <section aria-label={group.key} className="border-b border-line">
      <div className="gutter flex flex-wrap items-start gap-x-3 gap-y-1.5 pt-3 pb-2">
        <StatusIcon tone="failed" className="mt-0.75" />
        <div className="min-w-0 flex-1 basis-80">
          <h2 className="font-semibold break-words">
            {!example.message.includes(example.code) && <Mono>{example.code} </Mono>}
            {sentence(example.message)}
          </h2>
          <p className="text-12 text-ink-3">
            {operations.length === 1 ? 'Once' : `${formatCount(operations.length)} times`}, last{' '}
            <TimeStamp at={group.lastAt} form="relative" />
            {example.action && <>. {example.action}</>}
          </p>
        </div>
        <Acts operations={chosen.length ? chosen : operations} isSelection={chosen.length > 0} />
      </div>
      <ul>
        {shown.map((operation) => (
          <Letter
            key={operation.id}
            operation={operation}
            selected={selected.has(operation.id)}
            onSelect={(on) => toggle(operation.id, on)}
          />
        ))}
      </ul>
      {operations.length > shown.length && (
        <button type="button" className="link gutter h-9 cursor-default text-12" onClick={() => setAll(true)}>
          Show all {formatCount(operations.length)}
        </button>
      )}
    </section>
  )
}

function Letter(props: { operation: DeadLetter; selected: boolean; onSelect: (on: boolean) => void }) {
  const { operation } = props
  return (
    <li className="gutter flex min-h-8 items-center gap-2.5 border-t border-line max-md:min-h-12">
      <Checkbox
        label={`Select ${operationTitle(operation).toLowerCase()}`}
        checked={props.selected}
        onChange={props.onSelect}
      />
      <TextLink to="/operations/$id" params={{ id: operation.id }} className="min-w-0 flex-1 truncate">
        {kindVerb[operation.kind]} <Mono>{objectOf(operation)}</Mono>
      </TextLink>
      <span className="text-12 text-ink-3 max-md:hidden">
        <Mono>{operation.clusterName}</Mono>, asked by {operation.requestedByName}
      </span>
      <span className="num w-20 text-end text-12 text-ink-3">
        <TimeStamp at={operation.finishedAt} form="relative" />
      </span>
    </li>
  )
}

/** Retry and put aside, of what is selected or of the whole group. */
function Acts(props: { operations: readonly DeadLetter[]; isSelection: boolean }) {
  const { operations } = props
  const [asking, setAsking] = useState<'retry' | 'aside'>()
  const { retry, isPending } = useRetryMany()
  const mayNot = usePermissionRefusal('operation.retry')
  const stale = useStaleRefusal()
  const ids = operations.slice(0, maxAtOnce).map(({ id }) => id)
  const reasons = operations.map((operation) => whyNotRetry({ ...operation, state: 'failed' }))
  const refused = reasons.every(Boolean) ? reasons[0] : undefined
  const those = props.isSelection
    ? `${operations.length} selected`
    : operations.length > 1
      ? 'all'
      : undefined
  const close = () => setAsking(undefined)
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={RotateCcw} disabledReason={mayNot ?? refused ?? stale} onClick={() => setAsking('retry')}>
        Retry {those}
      </Button>
      <Button icon={Archive} disabledReason={mayNot ?? stale} onClick={() => setAsking('aside')}>
        Put {those} aside…
      </Button>
      <ConfirmDialog
        open={asking === 'retry'}
        onOpenChange={close}
        title={ids.length === 1 ? 'Retry this operation' : `Retry ${ids.length} operations`}
        act={ids.length === 1 ? 'Retry operation' : `Retry ${ids.length} operations`}
        keep="Leave them"
        busy={isPending}
        disabledReason={mayNot ?? stale}
        onAct={() => void retry(ids).then(close, close)}
      >
        <p className="text-ink-2">
          Each is done again from its first step, as a new operation. Those that cannot be are left here, and
          you are told why.
          {operations.length > ids.length && ` At most ${maxAtOnce} at once: the newest go first.`}
        </p>
      </ConfirmDialog>
      {asking === 'aside' && <AsideDialog ids={ids} refusal={mayNot ?? stale} onClose={close} />}
    </div>
  )
}
