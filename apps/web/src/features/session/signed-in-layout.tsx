import { Outlet, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import { isSignedOut } from '../../api/fault.ts'
import { queryClient, whenSignedOut } from '../../api/query-client.ts'
import { trpc } from '../../api/trpc.ts'
import { LiveProvider, useLiveContext } from '../../live/live-provider.tsx'
import { Shell } from '../../shell/shell.tsx'
import { type Viewer, ViewerContext } from '../../shell/viewer.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { AlertBell } from '../alerts/shell/alert-bell.tsx'
import { NoticeItem } from '../alerts/shell/notice-item.tsx'
import { useNotices } from '../alerts/shell/use-notices.ts'
import { useTabBadge } from '../alerts/shell/use-tab-badge.ts'
import { useFiringCounts } from '../alerts/use-alerts.ts'
import { useNavCounts } from '../fleet/use-nav-counts.ts'
import { useSharedTopics } from '../fleet/use-shared-topics.ts'
import { useTenantHits } from '../tenants/use-tenant-hits.tsx'
import { ChangePasswordPage } from './change-password-page.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { type Session, useSession, useSignOut } from './use-session.ts'

/** Everything behind the sign-in: first who it is, then the frame, then the page. */
export function SignedInLayout() {
  const session = useSession()
  const signOut = useSignOut()
  const navigate = useNavigate()
  const utils = trpc.useUtils()

  const leave = useCallback(() => {
    const go = () => {
      queryClient.clear()
      void navigate({ to: '/sign-in', search: { why: 'left' } })
    }
    signOut.mutate(undefined, { onSuccess: go, onError: (error) => isSignedOut(error) && go() })
  }, [navigate, signOut.mutate])

  // Any answer that says "not signed in" makes the session itself be asked again: one place decides what happens then.
  const doubt = useCallback(() => void utils.session.me.invalidate(), [utils])
  useEffect(() => whenSignedOut(doubt), [doubt])

  const isOut = !session.data && isSignedOut(session.error)
  useEffect(() => {
    if (!isOut) return
    const next = location.pathname + location.search
    void navigate({ to: '/sign-in', search: { next }, replace: true })
  }, [isOut, navigate])

  if (!session.data) {
    if (session.error && !isOut) {
      return (
        <ErrorPanel title="Tenantry did not load" error={session.error} onRetry={() => session.refetch()} />
      )
    }
    return <div role="status" aria-label="Tenantry is loading" />
  }
  if (session.data.mustChangePassword) {
    return <ChangePasswordPage name={session.data.user.name} onSignOut={leave} />
  }
  return (
    <LiveProvider key={session.data.user.id} onEnded={doubt}>
      <Frame session={session.data} isOver={isSignedOut(session.error)} onLeave={leave} />
    </LiveProvider>
  )
}

function Frame(props: { session: Session; isOver: boolean; onLeave: () => void }) {
  const { session, isOver, onLeave } = props
  const { feed } = useLiveContext()
  const viewer = useMemo<Viewer>(
    () => ({
      ...session.user,
      environment: session.environment,
      version: session.build.version,
      signOut: onLeave,
    }),
    [session, onLeave],
  )
  useSharedTopics()
  const firing = useFiringCounts()
  const counts = useNavCounts(firing)
  useTabBadge(firing)
  useNotices()
  return (
    <ViewerContext value={viewer}>
      <Shell
        counts={counts}
        bell={<AlertBell counts={firing} />}
        personal={<NoticeItem />}
        useHits={useTenantHits}
      >
        <Outlet />
      </Shell>
      {isOver && (
        <SignInAgain
          email={session.user.email}
          onLeave={onLeave}
          onDone={() => {
            void queryClient.invalidateQueries()
            feed.reconnectNow()
          }}
        />
      )}
    </ViewerContext>
  )
}
