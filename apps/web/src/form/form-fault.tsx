import type { Fault } from '../api/fault.ts'
import { Banner } from '../ui/banner.tsx'
import { Mono } from '../ui/tag.tsx'

/** What the server refused and no field is to blame for, over the fields. */
export function FormFault(props: { fault: Fault | undefined }) {
  const { fault } = props
  if (!fault) return null
  return (
    <Banner tone="failed">
      <span className="font-medium">{fault.message}</span> {fault.action}{' '}
      {fault.requestId && <Mono className="text-ink-3">{fault.requestId}</Mono>}
    </Banner>
  )
}
