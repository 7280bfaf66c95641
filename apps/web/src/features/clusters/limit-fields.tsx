import type { ClusterLimits } from '@tenantry/contracts'
import { useState } from 'react'
import { TextField } from '../../ui/field.tsx'
import { limitScales, readAmount, writeAmount } from './limit-amounts.ts'

type Name = keyof ClusterLimits

const fields: readonly { name: Name; label: string }[] = [
  { name: 'tenants', label: 'Tenants' },
  { name: 'relations', label: 'Relations' },
  { name: 'databaseBytes', label: 'Database, GB' },
  { name: 'catalogBytes', label: 'Catalog, GB' },
]

/** What a cluster may hold at most. `onChange` is told undefined while something typed is no amount. */
export function LimitFields(props: {
  value: ClusterLimits
  onChange: (limits: ClusterLimits | undefined) => void
}) {
  const [typed, setTyped] = useState<Record<Name, string>>(() => ({
    tenants: writeAmount(props.value.tenants, limitScales.tenants),
    relations: writeAmount(props.value.relations, limitScales.relations),
    databaseBytes: writeAmount(props.value.databaseBytes, limitScales.databaseBytes),
    catalogBytes: writeAmount(props.value.catalogBytes, limitScales.catalogBytes),
  }))
  const change = (name: Name, text: string) => {
    const next = { ...typed, [name]: text }
    setTyped(next)
    const read = fields.map(
      (field) => [field.name, readAmount(next[field.name], limitScales[field.name])] as const,
    )
    const isWhole = read.every(([, one]) => 'amount' in one)
    const limits = Object.fromEntries(
      read.flatMap(([field, one]) =>
        'amount' in one && one.amount !== undefined ? [[field, one.amount]] : [],
      ),
    )
    props.onChange(isWhole ? limits : undefined)
  }
  return (
    <div className="grid grid-cols-4 gap-3 max-md:grid-cols-2">
      {fields.map(({ name, label }) => {
        const read = readAmount(typed[name], limitScales[name])
        return (
          <TextField
            key={name}
            label={label}
            inputMode="decimal"
            placeholder="no limit"
            autoComplete="off"
            value={typed[name]}
            error={'fault' in read ? read.fault : undefined}
            onChange={(event) => change(name, event.target.value)}
          />
        )
      })}
    </div>
  )
}
