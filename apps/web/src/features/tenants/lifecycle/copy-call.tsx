import { CopyLine } from '../../../ui/copy-line.tsx'
import type { LifecycleAction } from './action-words.ts'

/** "Copy as" of a tenant's action. */
export function CopyCall(props: { action: LifecycleAction; wish: Readonly<Record<string, unknown>> }) {
  // A transfer is done at once and by itself the same twice: it takes no key.
  const input =
    props.action === 'tenant.transfer' ? props.wish : { idempotencyKey: 'choose-one-key', ...props.wish }
  return <CopyLine path={props.action.replace('tenant.', 'tenants.')} input={input} />
}
