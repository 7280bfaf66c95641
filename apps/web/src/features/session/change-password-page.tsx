import { password } from '@tenantry/contracts'
import { useState } from 'react'
import { z } from 'zod'
import type { Fault } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { showFault, useZodForm } from '../../form/use-zod-form.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Door } from './door.tsx'
import { useChangePassword } from './use-session.ts'

const shape = z
  .object({
    current: z.string().min(1, 'Your present password is needed'),
    next: password,
    again: z.string(),
  })
  .refine(({ current, next }) => current !== next, {
    path: ['next'],
    message: 'Choose a password that differs',
  })
  .refine(({ next, again }) => next === again, { path: ['again'], message: 'The two do not match' })

/** Before anything else after the first sign-in: the password that was handed out is exchanged for an own one. */
export function ChangePasswordPage(props: { name: string; onSignOut: () => void }) {
  const form = useZodForm(shape, { current: '', next: '', again: '' })
  const change = useChangePassword()
  const [fault, setFault] = useState<Fault>()
  const { errors } = form.formState
  const submit = form.handleSubmit(({ current, next }) =>
    change.mutate({ current, next }, { onError: (error) => setFault(showFault(form, error)) }),
  )
  return (
    <Door
      foot={
        <button type="button" className="link cursor-default" onClick={props.onSignOut}>
          Sign out
        </button>
      }
    >
      <h1 className="text-20 font-semibold tracking-[-0.02em]">Choose your password</h1>
      <p className="mb-5 text-ink-2">
        The password you signed in with was made for you. Choose one of your own, {props.name}; nobody else
        will know it.
      </p>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <FormFault fault={fault} />
        <TextField
          label="Present password"
          type="password"
          large
          autoFocus
          autoComplete="current-password"
          error={errors.current?.message}
          {...form.register('current')}
        />
        <TextField
          label="New password"
          type="password"
          large
          autoComplete="new-password"
          hint="At least 12 characters; a few words are easier to keep than a riddle."
          error={errors.next?.message}
          {...form.register('next')}
        />
        <TextField
          label="New password again"
          type="password"
          large
          autoComplete="new-password"
          error={errors.again?.message}
          {...form.register('again')}
        />
        <Button type="submit" variant="primary" size="lg" className="mt-2 w-full" busy={change.isPending}>
          Save and go on
        </Button>
      </form>
    </Door>
  )
}
