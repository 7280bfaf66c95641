import { isFinal } from '@tenantry/contracts'
import { faultOf } from '../../../api/fault.ts'
import { useLiveFacts, useLiveRow } from '../../../live/use-live.ts'
import { operationRoute } from '../../../routes/operation.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { LogViewer } from '../log/log-viewer.tsx'
import { StepTimeline } from '../timeline/step-timeline.tsx'
import { type Operation, useOperation } from '../use-operation.ts'
import { EndNotice } from '../waiting/end-notice.tsx'
import { WaitingPanel } from '../waiting/waiting-panel.tsx'
import { OperationCause } from './operation-cause.tsx'
import { OperationHeader } from './operation-header.tsx'
import { OperationSide } from './operation-side.tsx'

const parent = { label: 'Operations', to: '/operations' } as const

/** One operation, while it happens and ever after. */
export function OperationPage() {
  const { id } = operationRoute.useParams()
  const query = useOperation(id)
  const isUnknown = ['not_found', 'invalid_input'].includes(query.error ? faultOf(query.error).code : '')
  return (
    <>
      <PageTitle title={id} mono parent={parent} />
      {isUnknown && !query.data ? (
        <UnknownOperation id={id} />
      ) : (
        <PanelBoundary title="The operation">
          <QueryPanel title="The operation" noun="operations" query={query}>
            {(operation) => <OperationBody key={operation.id} operation={operation} />}
          </QueryPanel>
        </PanelBoundary>
      )}
    </>
  )
}

function OperationBody(props: { operation: Operation }) {
  const operation = useLiveRow(props.operation)
  const { level, find, view } = operationRoute.useSearch()
  const navigate = operationRoute.useNavigate()
  const { skew } = useLiveFacts()
  const change = (over: Partial<{ level: typeof level; find: string; view: typeof view }>) =>
    void navigate({ search: (now) => ({ ...now, ...over }), hash: true, replace: true, resetScroll: false })
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <OperationHeader operation={operation} skewMs={skew} />
      <WaitingPanel operation={operation} skewMs={skew} />
      <EndNotice operation={operation} />
      {operation.error && isFailure(operation) && (
        <OperationCause operation={operation} error={operation.error} />
      )}
      <PanelBoundary title="The timeline">
        <StepTimeline
          operation={operation}
          skewMs={skew}
          view={view}
          onView={(next) => change({ view: next })}
        />
      </PanelBoundary>
      <div className="flex min-h-80 flex-1 border-t border-line max-lg:flex-col max-lg:flex-none">
        <PanelBoundary title="The log">
          <LogViewer
            operationId={operation.id}
            isLive={!isFinal(operation.state)}
            level={level}
            find={find}
            onLevel={(next) => change({ level: next })}
            onFind={(next) => change({ find: next })}
          />
        </PanelBoundary>
        <OperationSide operation={operation} />
      </div>
    </div>
  )
}

/** Whether it went wrong by itself: what a person stopped has nothing to explain. */
function isFailure({ state, error }: Operation): boolean {
  return state === 'failed' || (state === 'undoing' && error?.class !== 'cancelled')
}

function UnknownOperation(props: { id: string }) {
  return (
    <div className="m-5 max-w-160">
      <h2 className="text-20 font-semibold tracking-[-0.02em]">There is no such operation</h2>
      <p className="mt-1 mb-3 text-ink-2">
        <Mono>{props.id}</Mono> is the id of no operation here. It may be of another installation, or
        mistyped.
      </p>
      <ButtonLink to="/operations">Go to the operations</ButtonLink>
    </div>
  )
}
