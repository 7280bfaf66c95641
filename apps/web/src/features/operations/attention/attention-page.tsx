import { Terminal } from 'lucide-react'
import { useState } from 'react'
import { callForms } from '../../../api/call-forms.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyNothing } from '../../../ui/empty.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { ButtonLink, TextLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { Sheet } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { GroupSection } from './group-section.tsx'
import { type DeadLetters, useDeadLetters } from './use-dead-letters.ts'

const parent = { label: 'Operations', to: '/operations' } as const

/** Dead letters: what failed and nobody has retried, superseded or put aside, grouped by cause. */
export function AttentionPage() {
  const query = useDeadLetters()
  const [copying, setCopying] = useState(false)
  const total = query.data?.total
  return (
    <>
      <PageTitle
        title="Needs attention"
        parent={parent}
        count={total === undefined ? undefined : formatCount(total)}
      />
      <SectionHeader title="Failures by cause" meta="largest first">
        <IconButton
          bordered
          icon={Terminal}
          label="Copy this list as a call"
          className="max-md:hidden"
          onClick={() => setCopying(true)}
        />
      </SectionHeader>
      <Dialog open={copying} onOpenChange={setCopying} title="This list elsewhere" width={560}>
        <CopyAs
          forms={callForms(
            { path: 'operations.deadLetters', kind: 'query', input: {} },
            location.origin,
            location.href,
          )}
        />
        <div className="h-2" />
      </Dialog>
      <PanelBoundary title="What needs attention">
        <QueryPanel title="What needs attention" noun="operations" query={query}>
          {(letters) => (
            <Sheet className="border-t border-line">
              <LostWakeUps letters={letters} />
              {letters.groups.map((group) => (
                <GroupSection key={group.key} group={group} />
              ))}
              {letters.groups.length === 0 && (
                <EmptyNothing
                  title="Nothing needs you"
                  action={<ButtonLink to="/operations">See all operations</ButtonLink>}
                >
                  Every failure has been retried, superseded by a later request, or put aside with a reason.
                </EmptyNothing>
              )}
            </Sheet>
          )}
        </QueryPanel>
      </PanelBoundary>
    </>
  )
}

/** Wake-ups whose handler threw: nothing to do, but good to know. */
function LostWakeUps({ letters: { lostWakeUps } }: { letters: DeadLetters }) {
  const { count, newest } = lostWakeUps
  if (count === 0) return null
  const [last] = newest
  return (
    <Banner tone="note" flush>
      {count === 1 ? 'One wake-up' : `${formatCount(count)} wake-ups`} ended in an error of the worker within
      the last hour ({last?.message}). Their operations were woken again by themselves
      {last?.operationId && (
        <>
          ; the last was of{' '}
          <TextLink to="/operations/$id" params={{ id: last.operationId }}>
            this operation
          </TextLink>
        </>
      )}
      .
    </Banner>
  )
}
