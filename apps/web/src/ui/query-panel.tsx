import type { ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'
import { SkeletonRows } from './skeleton.tsx'

/** What a query hook gives; any TanStack query fits. */
export interface PanelQuery<Data> {
  readonly data: Data | undefined
  readonly error: unknown
  readonly refetch: () => unknown
}

/**
 * The three ways of a panel: a skeleton while nothing is known, the error with Retry, the data. Previous data stays while
 * it is fetched again.
 */
export function QueryPanel<Data>(props: {
  /** As in "Queue depth did not load". */
  title: string
  /** As in "You may not see the audit log". */
  noun?: string
  query: PanelQuery<Data>
  skeleton?: ReactNode
  children: (data: Data) => ReactNode
}) {
  const { data, error, refetch } = props.query
  if (data !== undefined) return props.children(data)
  if (error)
    return (
      <ErrorPanel
        title={`${props.title} did not load`}
        error={error}
        onRetry={() => refetch()}
        {...(props.noun ? { noun: props.noun } : {})}
      />
    )
  return props.skeleton ?? <SkeletonRows rows={6} label={`${props.title} is loading`} />
}
