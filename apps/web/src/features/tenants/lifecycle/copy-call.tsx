import { callForms } from '../../../api/call-forms.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import type { LifecycleAction } from './action-words.ts'

/** "Copy as" at the left of a dialog's foot: the same request from a shell and from a program. */
export function CopyCall(props: { action: LifecycleAction; wish: Readonly<Record<string, unknown>> }) {
  // A transfer is done at once and by itself the same twice: it takes no key.
  const input =
    props.action === 'tenant.transfer' ? props.wish : { idempotencyKey: 'choose-one-key', ...props.wish }
  const path = props.action.replace('tenant.', 'tenants.')
  const { curl = '', trpc = '' } = callForms({ path, kind: 'mutation', input }, location.origin)
  return (
    <span className="mr-auto flex items-center gap-1 text-12 text-ink-2 max-md:hidden">
      Copy as
      <CopyButton text={curl} label="Copy as curl" />
      curl
      <CopyButton text={trpc} label="Copy as tRPC" />
      tRPC
    </span>
  )
}
