import { signInInput } from '@tenantry/contracts'
import { useState } from 'react'
import type { Fault } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { showFault, useZodForm } from '../../form/use-zod-form.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useSignIn } from './use-session.ts'

const shape = signInInput.extend({
  email: signInInput.shape.email.refine((value) => value.length > 0, 'Your e-mail address is needed'),
  password: signInInput.shape.password.min(1, 'Your password is needed'),
})

/** E-mail and password. `onDone` once the session stands. */
export function SignInForm(props: { onDone: () => void; email?: string }) {
  const form = useZodForm(shape, { email: props.email ?? '', password: '' })
  const signIn = useSignIn()
  const [fault, setFault] = useState<Fault>()
  const { errors } = form.formState
  const submit = form.handleSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: props.onDone,
      onError: (error) => {
        setFault(showFault(form, error))
        form.resetField('password')
        form.setFocus('password')
      },
    }),
  )
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <FormFault fault={fault} />
      <TextField
        label="E-mail"
        type="email"
        large
        autoComplete="username"
        autoFocus={!props.email}
        error={errors.email?.message}
        {...form.register('email')}
      />
      <TextField
        label="Password"
        type="password"
        large
        autoComplete="current-password"
        autoFocus={Boolean(props.email)}
        error={errors.password?.message}
        {...form.register('password')}
      />
      <Button type="submit" variant="primary" size="lg" className="mt-2 w-full" busy={signIn.isPending}>
        Sign in
      </Button>
    </form>
  )
}
