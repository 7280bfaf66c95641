import type { Ref } from 'react'
import { TextField } from '../../../ui/field.tsx'

const noSubmit = (event: { key: string; preventDefault: () => void }) =>
  event.key === 'Enter' && event.preventDefault()

/** The slug, typed or pasted by whoever asks. */
export function SlugField(props: {
  value: string
  onChange: (value: string) => void
  label?: string
  ref?: Ref<HTMLInputElement>
}) {
  return (
    <TextField
      {...(props.ref ? { ref: props.ref } : {})}
      label={props.label ?? 'Type the slug to confirm'}
      mono
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      onKeyDown={noSubmit}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  )
}

/** Why, in the words of whoever asks. */
export function ReasonField(props: {
  value: string
  onChange: (value: string) => void
  ref?: Ref<HTMLInputElement>
}) {
  return (
    <TextField
      {...(props.ref ? { ref: props.ref } : {})}
      label="Reason, kept in the audit log"
      value={props.value}
      maxLength={500}
      onChange={(event) => props.onChange(event.target.value)}
      onKeyDown={noSubmit}
      autoComplete="off"
    />
  )
}
