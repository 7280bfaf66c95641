import { type OperationState, operationStates } from '@tenantry/contracts'
import { classNames } from '../../../ui/class-names.ts'
import { formatCount } from '../../../ui/number-format.ts'
import { stateWords } from '../operation-words.ts'
import { type OperationListing, useOperationCounts } from '../use-operations.ts'

const item =
  'num inline-flex h-7 shrink-0 cursor-default items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-ink-2 hover:bg-surface-3/60 aria-pressed:bg-surface-3 aria-pressed:font-medium aria-pressed:text-ink max-md:h-11'

/** The states with how many there are in each; those of an empty installation stay, so that nothing jumps. */
export function StateTabs(props: {
  listing: OperationListing
  states: readonly OperationState[]
  onChange: (states: OperationState[]) => void
}) {
  const { states, onChange } = props
  const counts = useOperationCounts(props.listing)
  const countOf = (state: OperationState) => counts?.[state] ?? 0
  const all = operationStates.reduce((sum, state) => sum + countOf(state), 0)
  const count = (value: number) =>
    counts && <span className="text-12 font-normal text-ink-3">{formatCount(value)}</span>
  return (
    <div
      role="group"
      aria-label="State"
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b border-line px-3 max-md:h-14"
    >
      <button type="button" aria-pressed={states.length === 0} onClick={() => onChange([])} className={item}>
        All {count(all)}
      </button>
      {operationStates.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={states.includes(state)}
          onClick={() => onChange(states.length === 1 && states[0] === state ? [] : [state])}
          className={classNames(item, countOf(state) === 0 && 'text-ink-3')}
        >
          {stateWords[state]} {count(countOf(state))}
        </button>
      ))}
    </div>
  )
}
