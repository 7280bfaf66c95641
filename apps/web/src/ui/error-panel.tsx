import { faultOf } from '../api/fault.ts'
import { Button } from './button.tsx'
import { EmptyForbidden } from './empty.tsx'
import { Mono } from './tag.tsx'
import { toastDone } from './toast.tsx'

/** What did not load, why, its code and request id, and a way on. The rest of the page stays. */
export function ErrorPanel(props: {
  title: string
  error: unknown
  onRetry?: (() => void) | undefined
  noun?: string
}) {
  const fault = faultOf(props.error)
  if (fault.permission) return <EmptyForbidden noun={props.noun ?? 'this'} permission={fault.permission} />
  const copy = () =>
    navigator.clipboard
      .writeText(
        JSON.stringify({ panel: props.title, page: location.href, at: new Date(), ...fault }, null, 2),
      )
      .then(() => toastDone('Diagnostics copied'))
  return (
    <div role="alert" className="m-5 max-w-160 rounded-md border border-line bg-surface-2 px-4 py-3">
      <h2 className="font-medium">{props.title}</h2>
      <p className="text-ink-2">
        {fault.message} {fault.action}
      </p>
      <p className="text-12 text-ink-3">
        <Mono>{fault.code}</Mono>
        {fault.requestId && (
          <>
            , <Mono>{fault.requestId}</Mono>
          </>
        )}
      </p>
      <div className="mt-2 flex gap-2">
        {props.onRetry && (
          <Button size="sm" onClick={props.onRetry}>
            Retry
          </Button>
        )}
        <Button size="sm" onClick={copy}>
          Copy diagnostics
        </Button>
      </div>
    </div>
  )
}
