import { classNames } from './class-names.ts'

/** A bar of 6 px, amber over 80 %. `label` says the same in words for those who do not see it. */
export function Meter(props: { value: number; max: number; label: string; className?: string }) {
  const share = props.max > 0 ? Math.min(1, props.value / props.max) : 0
  return (
    <span
      role="meter"
      aria-label={props.label}
      aria-valuenow={props.value}
      aria-valuemin={0}
      aria-valuemax={props.max}
      className={classNames('flex h-1.5 overflow-hidden rounded-[1px] bg-surface-3', props.className)}
    >
      <span
        className={classNames('block h-full', share > 0.8 ? 'tone-warn bg-tone' : 'bg-ink-3')}
        style={{ width: `${share * 100}%` }}
      />
    </span>
  )
}
