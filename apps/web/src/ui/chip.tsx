import { X } from 'lucide-react'
import { Icon } from './icon.tsx'

/** One part of a filter, as in `state: failed`, with a cross that takes it away. */
export function Chip(props: { name: string; value: string; onRemove: () => void }) {
  return (
    <span className="mono inline-flex h-6 items-stretch overflow-hidden rounded-sm border border-line bg-surface-2 whitespace-nowrap">
      <span className="self-center py-0 pr-1.5 pl-1.5 text-ink-3">{props.name}:</span>
      <span className="max-w-60 self-center truncate pr-1.5 font-medium">{props.value}</span>
      <button
        type="button"
        aria-label={`Remove ${props.name}: ${props.value}`}
        onClick={props.onRemove}
        className="grid w-6 cursor-default place-items-center border-l border-line text-ink-3 hover:bg-surface-3"
      >
        <Icon of={X} size={12} />
      </button>
    </span>
  )
}
