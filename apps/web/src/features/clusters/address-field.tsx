import { type ComponentPropsWithRef, type ReactNode, useState } from 'react'
import { TextField } from '../../ui/field.tsx'

/** A connection string: hidden, because it holds a password, until somebody wants to see what they typed. */
export function AddressField({
  error,
  label,
  ...input
}: Omit<ComponentPropsWithRef<'input'>, 'children' | 'size' | 'type'> & {
  error?: ReactNode
  label?: string
}) {
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      {...input}
      label={label ?? 'Administrator’s connection string'}
      mono
      type={isShown ? 'text' : 'password'}
      placeholder="postgres://postgres:…@db.example.edu:5432/tenants"
      autoComplete="off"
      spellCheck={false}
      error={error}
      hint="postgres://user:password@host:5432/database, with ?sslmode=verify-full where the way is not your own."
      end={
        <button type="button" className="link cursor-default" onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide' : 'Show'}
        </button>
      }
    />
  )
}
