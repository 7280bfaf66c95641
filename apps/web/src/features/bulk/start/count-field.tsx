import type { Ref } from 'react'
import { TextField } from '../../../ui/field.tsx'

/** The number of tenants, typed or pasted by whoever asks. */
export function CountField(props: {
  value: string
  onChange: (value: string) => void
  ref?: Ref<HTMLInputElement>
}) {
  return (
    <TextField
      {...(props.ref ? { ref: props.ref } : {})}
      label="Type the number of tenants to confirm"
      inputMode="numeric"
      mono
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      autoComplete="off"
    />
  )
}

/** Why the typed number confirms nothing yet; 3,214 and 3214 are the same. */
export function countMissing(typed: string, count: number): string | undefined {
  return typed.replaceAll(/[\s,.’']/g, '') === String(count) ? undefined : `Type ${count} to confirm.`
}
