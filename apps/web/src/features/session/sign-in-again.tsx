import { Dialog } from '@base-ui/react/dialog'
import { SignInForm } from './sign-in-form.tsx'

/**
 * The session ended in mid-work: one signs in over the page, and what was typed stays. Another person than before gets a
 * fresh page.
 */
export function SignInAgain(props: { email: string; onDone: () => void; onLeave: () => void }) {
  return (
    <Dialog.Root open disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-40 w-96 max-w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 rounded-lg border border-line-strong bg-surface p-5 shadow-overlay">
          <Dialog.Title className="text-16 font-semibold tracking-tight">Your session is over</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-ink-2">
            Sign in again to go on where you are; nothing that you typed is lost.
          </Dialog.Description>
          <SignInForm email={props.email} onDone={props.onDone} />
          <button type="button" className="link mt-3 cursor-default text-12" onClick={props.onLeave}>
            Leave this page
          </button>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
