import { TextLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { Mono, Tag } from '../../../ui/tag.tsx'
import type { Bulk } from '../use-bulk.ts'
import { RetryFailedButton } from './bulk-acts.tsx'

/** What failed, one line a cause, most frequent first: 8,000 failures of one kind are one line. */
export function FailureGroups(props: { bulk: Bulk; chosen: string; onChoose: (group: string) => void }) {
  const { bulk, chosen, onChoose } = props
  if (bulk.failures.length === 0) return null
  return (
    <section aria-label="Failures by cause" className="shrink-0 border-b border-line">
      <SectionHeader title="Failures by cause" />
      <ul>
        {bulk.failures.map((failure) => (
          <li
            key={failure.group}
            className="gutter flex items-start gap-3 border-t border-line py-2 max-md:flex-wrap"
          >
            <span className="num w-10 shrink-0 text-16 font-medium">{formatCount(failure.count)}</span>
            <div className="min-w-0 flex-1 max-md:min-w-[75%]">
              <p className="flex flex-wrap items-baseline gap-2">
                <Tag mono>{failure.code}</Tag>
                <span className="min-w-0 font-medium break-words">{failure.message}</span>
              </p>
              <p className="text-12 text-ink-3">
                For example{' '}
                {failure.example.operationId ? (
                  <TextLink to="/operations/$id" params={{ id: failure.example.operationId }}>
                    <Mono>{failure.example.slug}</Mono>
                  </TextLink>
                ) : (
                  <Mono>{failure.example.slug || `row ${failure.example.ordinal}`}</Mono>
                )}
                . {failure.example.action}
              </p>
            </div>
            <button
              type="button"
              className="link cursor-default text-12"
              aria-pressed={chosen === failure.group}
              onClick={() => onChoose(chosen === failure.group ? '' : failure.group)}
            >
              {chosen === failure.group ? 'Show all items' : 'Show these'}
            </button>
            <RetryFailedButton
              bulk={bulk}
              group={failure.group}
              count={failure.isRetriable ? failure.count : 0}
              size="sm"
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
