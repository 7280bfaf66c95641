import { operationSteps } from '@tenantry/contracts'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { ButtonLink } from '../../ui/link.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import type { Fleet } from './fleet-changes.ts'
import { useClusters } from './use-clusters.ts'

function Step(props: {
  number: number
  title: string
  state: 'done' | 'current' | 'later'
  children: ReactNode
  end?: ReactNode
}) {
  const { state } = props
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-3.5 border-t border-line px-8 py-3.5 max-md:px-5">
      {state === 'done' ? (
        <StatusIcon tone="ok" size={16} className="m-0.5" />
      ) : (
        <span
          aria-hidden="true"
          className={classNames(
            'grid size-5 place-items-center rounded-full border-[1.5px] text-12 font-medium',
            state === 'current' ? 'border-accent text-accent-ink' : 'border-line-strong text-ink-3',
          )}
        >
          {props.number}
        </span>
      )}
      <div className="min-w-0">
        <h3 className={state === 'current' ? 'text-14 font-semibold' : 'font-medium'}>{props.title}</h3>
        <div className="text-ink-3">{props.children}</div>
      </div>
      {props.end && <span className="text-12 text-ink-3">{props.end}</span>}
    </li>
  )
}

/** No tenants yet: the way to the first one, with what is done already. */
export function FirstRun(props: { fleet: Fleet }) {
  const refusal = usePermissionRefusal('tenant.provision')
  const clusters = useClusters()
  const cluster = clusters.data?.find(({ reachable }) => reachable)
  const hasCluster = props.fleet.clusters.some(({ reachable }) => reachable)
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_428px] overflow-y-auto max-lg:grid-cols-1">
      <div>
        <div className="px-8 pt-6 pb-4 max-md:px-5">
          <h2 className="text-20 font-semibold tracking-[-0.02em]">Two steps to a first tenant</h2>
          <p className="mt-1 text-ink-2">
            An institution gets a schema of its own, built from a template and verified.
          </p>
        </div>
        <ol className="border-b border-line">
          <Step number={1} title="Connect a cluster" state={hasCluster ? 'done' : 'current'}>
            {hasCluster ? (
              <>
                <Mono className="text-ink-2">{cluster?.name ?? props.fleet.clusters[0]?.name}</Mono>
                {cluster?.serverVersion && `, PostgreSQL ${cluster.serverVersion}`}
              </>
            ) : (
              'No cluster answers. Look at the server’s log, or at /readyz.'
            )}
          </Step>
          <Step
            number={2}
            title="Create the first tenant"
            state={hasCluster ? 'current' : 'later'}
            end={hasCluster ? undefined : 'needs a cluster'}
          >
            Choose a slug and a template; the rest has sensible defaults.
            <div className="mt-3 flex gap-2">
              {refusal ? (
                <Button variant="primary" icon={Plus} disabledReason={refusal}>
                  Create tenant
                </Button>
              ) : (
                <ButtonLink to="/tenants/new" variant="primary" icon={Plus}>
                  Create tenant
                </ButtonLink>
              )}
            </div>
          </Step>
        </ol>
      </div>
      <aside
        aria-label="What provisioning does"
        className="border-line bg-surface-2 p-6 max-lg:border-t lg:border-l"
      >
        <h3 className="mb-2 font-semibold">What provisioning does</h3>
        <ol className="grid gap-1">
          {operationSteps['tenant.provision'].map((step, i) => (
            <li key={step.name} className="flex items-center gap-2">
              <span className="num w-3.5 text-right text-12 text-ink-3">{i + 1}</span>
              <StatusIcon tone="queued" />
              {step.title}
            </li>
          ))}
        </ol>
        <p className="mt-4 text-12 text-ink-3">
          Each step is shown as it happens. A step that fails takes back what was done before it, and nothing
          is left on the cluster.
        </p>
      </aside>
    </div>
  )
}
