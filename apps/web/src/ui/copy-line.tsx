import { callForms } from '../api/call-forms.ts'
import { CopyButton } from './copy-button.tsx'

/** "Copy as" at the left of a dialog's foot: the same request from a shell and from a program. */
export function CopyLine(props: { path: string; input: Readonly<Record<string, unknown>> }) {
  const { curl = '', trpc = '' } = callForms({ ...props, kind: 'mutation' }, location.origin)
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
