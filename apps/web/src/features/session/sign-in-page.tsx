import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { queryClient } from '../../api/query-client.ts'
import { signInRoute } from '../../routes/sign-in.ts'
import { Mono } from '../../ui/tag.tsx'
import { Door } from './door.tsx'
import { safePath } from './safe-path.ts'
import { SignInForm } from './sign-in-form.tsx'
import { useVersion } from './use-version.ts'

const reasons = {
  none: undefined,
  expired: 'Your session was over.',
  ended: 'An administrator or another window ended your session.',
  left: 'You are signed out.',
} as const

/** The way in. Afterwards one is where one wanted to be. */
export function SignInPage() {
  const { next, why } = signInRoute.useSearch()
  const navigate = useNavigate()
  const version = useVersion()
  const target = safePath(next)
  useEffect(() => {
    document.title = 'Sign in · Tenantry'
  }, [])
  const enter = () => {
    queryClient.clear()
    void navigate({ href: target, replace: true })
  }
  return (
    <Door
      foot={
        <>
          <span>{version.data ? `v${version.data.version}` : ''}</span>
          <span>{version.isError ? 'The server does not answer' : version.data ? 'Server ready' : ''}</span>
        </>
      }
    >
      <h1 className="text-20 font-semibold tracking-[-0.02em]">Sign in to Tenantry</h1>
      <p className="mb-5 text-ink-3">{location.host}</p>
      <SignInForm onDone={enter} />
      {(reasons[why] || target !== '/') && (
        <p className="mt-4 text-12 text-ink-3">
          {reasons[why]}{' '}
          {target !== '/' && (
            <>
              After this you return to <Mono className="text-ink-2">{target.split('?')[0]}</Mono>.
            </>
          )}
        </p>
      )}
    </Door>
  )
}
