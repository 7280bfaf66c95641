import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { TextField } from '../../ui/field.tsx'
import { useNow } from '../../ui/time.tsx'
import { useConfirmPassword, useSession } from './use-session.ts'

/** A little before the server would say no. */
const marginMs = 30_000

/**
 * The password once more, where a severe change wants it and it was typed a while ago.
 * @param asked whether the change is severe
 * @returns `field` to show, `missing` what it lacks, `settle` to await before the change; it rejects on a wrong password
 */
export function usePasswordStep(asked: boolean) {
  const { data: session } = useSession()
  const confirm = useConfirmPassword()
  const [password, setPassword] = useState('')
  const now = useNow(15_000)
  const needed = asked && session !== undefined && Date.parse(session.confirmedUntil) - now < marginMs
  const fault = confirm.error ? faultOf(confirm.error) : undefined
  return {
    missing: needed && !password ? 'Type your password.' : undefined,
    field: needed ? (
      <TextField
        label="Your password, once more"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        error={fault && `${fault.message} ${fault.action ?? ''}`}
      />
    ) : null,
    isPending: confirm.isPending,
    async settle() {
      if (needed) await confirm.mutateAsync({ password })
    },
  }
}
