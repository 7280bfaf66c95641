import { type Labels, labels as labelsRule } from '@tenantry/contracts'
import { Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { readLabel } from './read-label.ts'
import { useKnownLabels } from './use-known-labels.ts'

/** Labels as chips, and a line to add one: Enter adds, what is in use is offered. */
export function LabelField(props: {
  value: Labels
  onChange: (labels: Labels) => void
  disabledReason?: string | undefined
  /** What a label is of, where a page has several of these: "tenant label of rule 1". */
  name?: string
}) {
  const { value, onChange, disabledReason } = props
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string>()
  const known = useKnownLabels().data ?? []
  const id = useId()
  const offers = known.flatMap(({ key, values }) => values.slice(0, 8).map((one) => `${key}=${one.value}`))

  const add = () => {
    if (typed.trim() === '') return
    const read = readLabel(typed)
    if ('fault' in read) {
      setFault(read.fault)
      return
    }
    const next = { ...value, [read.key]: read.value }
    const tooMany = labelsRule.safeParse(next).error?.issues[0]?.message
    setFault(tooMany)
    if (tooMany) return
    setTyped('')
    onChange(next)
  }
  return (
    <div>
      <ul className="mb-1.5 flex flex-wrap gap-1.5 empty:hidden">
        {Object.entries(value).map(([key, one]) => (
          <li key={key} className="flex">
            {disabledReason ? (
              <span className="mono rounded-sm border border-line px-1.5 leading-5.5">
                {key}={one}
              </span>
            ) : (
              <Chip
                name={key}
                value={one || '""'}
                onRemove={() =>
                  onChange(Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)))
                }
              />
            )}
          </li>
        ))}
      </ul>
      {disabledReason ? (
        Object.keys(value).length === 0 && <p className="text-12 text-ink-3">None. {disabledReason}</p>
      ) : (
        <div className="flex gap-1.5">
          <input
            aria-label={props.name ? `Add a ${props.name} as key=value` : 'Add a label as key=value'}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? `${id}-fault` : undefined}
            list={`${id}-known`}
            placeholder="key=value"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setFault(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
            autoComplete="off"
            spellCheck={false}
            className="mono h-7 min-w-0 flex-1 rounded-md border border-line-control bg-surface px-2 placeholder:text-ink-3 focus:border-transparent focus:outline-2 focus:-outline-offset-1 focus:outline-focus aria-invalid:border-danger max-md:h-11 max-md:text-16"
          />
          <datalist id={`${id}-known`}>
            {offers.map((offer) => (
              <option key={offer} value={offer} />
            ))}
          </datalist>
          <Button icon={Plus} onClick={add}>
            Add label
          </Button>
        </div>
      )}
      {fault && (
        <p id={`${id}-fault`} role="alert" className="mt-1 text-12">
          {fault}
        </p>
      )}
    </div>
  )
}
