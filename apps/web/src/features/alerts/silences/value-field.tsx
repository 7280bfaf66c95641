import { useId, useState } from 'react'
import { Chip } from '../../../ui/chip.tsx'
import { Select } from '../../../ui/select.tsx'
import { readLabel } from '../../tenants/read-label.ts'
import { type KnownNames, useTenantSlug, useTenantsLike } from './use-matcher-values.ts'

const line =
  'h-6 min-w-44 rounded-md border border-line-control bg-surface px-2 text-12 aria-invalid:border-danger max-md:h-9 max-md:text-16'

/** The values of one line as chips, and how to add another: from a list, by a tenant’s slug, or a label as key=value. */
export function ValueField(props: {
  name: string
  fact: string
  values: readonly string[]
  names: KnownNames
  /** `fact` where the value says it, too: a label. */
  onChange: (values: string[], fact?: string) => void
}) {
  const { fact, values, names, onChange } = props
  const remove = (value: string) => onChange(values.filter((one) => one !== value))
  const left = names ? [...names].filter(([id]) => !values.includes(id)) : []
  const key = fact.startsWith('label:') ? fact.slice(6) : undefined
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-1.5">
      {values.map((value) => (
        <ValueChip key={value} fact={fact} value={value} names={names} onRemove={() => remove(value)} />
      ))}
      {names && left.length > 0 && (
        <Select
          size="sm"
          label={`Add to ${props.name}`}
          value=""
          onChange={(value) => value && onChange([...values, value])}
          options={[
            { value: '', label: values.length > 0 ? 'or…' : 'choose…', disabled: true },
            ...left.map(([value, label]) => ({ value, label })),
          ]}
        />
      )}
      {fact === 'tenant' && <TenantLine name={props.name} onAdd={(id) => onChange([...values, id])} />}
      {key !== undefined && (
        <LabelLine
          name={props.name}
          label={key}
          onAdd={(found, value) => onChange([...values, value], `label:${found}`)}
        />
      )}
    </span>
  )
}

function ValueChip(props: { fact: string; value: string; names: KnownNames; onRemove: () => void }) {
  const { fact, value, names } = props
  const slug = useTenantSlug(value, fact === 'tenant')
  return (
    <Chip
      name={fact.replace('label:', '')}
      value={slug ?? names?.get(value) ?? value}
      onRemove={props.onRemove}
    />
  )
}

/** A slug, taken when it is a tenant’s. */
function TenantLine(props: { name: string; onAdd: (id: string) => void }) {
  const [typed, setTyped] = useState('')
  const found = useTenantsLike(typed.trim())
  const id = useId()
  const take = (text: string) => {
    setTyped(text)
    const tenant = found.find(({ slug }) => slug === text.trim())
    if (!tenant) return
    props.onAdd(tenant.id)
    setTyped('')
  }
  return (
    <>
      <input
        aria-label={`Add a tenant to ${props.name}`}
        placeholder="a slug"
        list={id}
        value={typed}
        onChange={(event) => take(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          take(typed)
        }}
        autoComplete="off"
        spellCheck={false}
        className={line}
      />
      <datalist id={id}>
        {found.map(({ id: tenant, slug, displayName }) => (
          <option key={tenant} value={slug}>
            {displayName}
          </option>
        ))}
      </datalist>
    </>
  )
}

/** `key=value` where the key is not known yet, else a value of it; Enter adds. */
function LabelLine(props: { name: string; label: string; onAdd: (key: string, value: string) => void }) {
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string>()
  const add = () => {
    const read = readLabel(props.label ? `${props.label}=${typed}` : typed)
    if ('fault' in read) return setFault(read.fault)
    setTyped('')
    props.onAdd(read.key, read.value)
  }
  return (
    <input
      aria-label={`Add a label value to ${props.name}`}
      placeholder={props.label ? 'a value, then Enter' : 'key=value, then Enter'}
      aria-invalid={fault ? true : undefined}
      title={fault}
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
      className={line}
    />
  )
}
