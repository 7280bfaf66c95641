import { type RouterOutputs, trpc } from '../../api/trpc.ts'

export type Session = RouterOutputs['session']['me']

/** Who is signed in. An error that says otherwise is not tried again. */
export function useSession() {
  return trpc.session.me.useQuery(undefined, { staleTime: 60_000, meta: { isSession: true } })
}

/** Begins a session; the cookie is the server's affair. */
export function useSignIn() {
  const utils = trpc.useUtils()
  return trpc.session.signIn.useMutation({ onSuccess: () => utils.session.me.invalidate() })
}

/** Ends it, and forgets everything that was shown. */
export function useSignOut() {
  return trpc.session.signOut.useMutation()
}

export function useChangePassword() {
  const utils = trpc.useUtils()
  return trpc.session.changePassword.useMutation({ onSuccess: () => utils.session.me.invalidate() })
}

/** Types the password once more, so that a severe change is let through. */
export function useConfirmPassword() {
  const utils = trpc.useUtils()
  return trpc.session.confirm.useMutation({ onSuccess: () => utils.session.me.invalidate() })
}
