import { type QuotaResource, quotaResources } from '@tenantry/contracts'
import { type LimitUnit, limitUnits } from '../tenants/limit-text.ts'
import { faultOfLimit, type LimitDraft, resources, type TypedLimit } from './limit-draft.ts'

const box =
  'num h-8 rounded-md border border-line-control bg-surface px-2 focus:border-transparent focus:outline-2 focus:-outline-offset-1 focus:outline-focus aria-invalid:border-danger max-md:h-11 max-md:text-16'

function Row(props: { resource: QuotaResource; typed: TypedLimit; onChange: (typed: TypedLimit) => void }) {
  const { typed, onChange } = props
  const { title, unit, held } = quotaResources[props.resource]
  const fault = faultOfLimit(typed)
  const name = title.toLowerCase()
  return (
    <div className="grid grid-cols-[170px_100px_76px_1fr] items-center gap-2 max-md:grid-cols-[1fr_76px]">
      <span className="font-medium max-md:col-span-2">{title}</span>
      <input
        inputMode="decimal"
        placeholder="no limit"
        aria-label={`Limit of ${name}`}
        aria-invalid={fault ? true : undefined}
        title={fault}
        value={typed.text}
        onChange={(event) => onChange({ ...typed, text: event.target.value })}
        className={`${box} min-w-0 text-right placeholder:text-ink-3`}
      />
      {unit === 'bytes' ? (
        <select
          aria-label={`Unit of ${name}`}
          value={typed.unit}
          onChange={(event) => onChange({ ...typed, unit: event.target.value as LimitUnit })}
          className={box}
        >
          {limitUnits.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : (
        <span className="text-12 text-ink-3">{unit === 'seconds' ? 'seconds' : ''}</span>
      )}
      {held === 'writes' && (
        <span className="flex items-center gap-2 text-12 text-ink-3 max-md:col-span-2">
          <input
            inputMode="decimal"
            placeholder="0"
            aria-label={`Hours of grace for ${name}`}
            value={typed.grace}
            onChange={(event) => onChange({ ...typed, grace: event.target.value })}
            className={`${box} w-16 text-right text-13 text-ink placeholder:text-ink-3`}
          />
          hours of grace
        </span>
      )}
    </div>
  )
}

/** A limit for every resource; an empty field is no limit. */
export function LimitFields(props: { draft: LimitDraft; onChange: (draft: LimitDraft) => void }) {
  return (
    <div className="grid gap-2 max-md:gap-3">
      {resources.map((resource) => (
        <Row
          key={resource}
          resource={resource}
          typed={props.draft[resource]}
          onChange={(typed) => props.onChange({ ...props.draft, [resource]: typed })}
        />
      ))}
    </div>
  )
}
