import { useEffect, useRef, useState } from 'react'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { Meter } from '../../../ui/meter.tsx'
import { quotaLevelLook } from '../../../ui/state-tones.ts'
import { Status } from '../../../ui/status.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { amountOf } from '../../quotas/quota-words.ts'
import { type Standing, useStanding } from '../../quotas/use-quotas.ts'
import { type LimitUnit, limitUnits, readLimit, writeLimit } from '../limit-text.ts'
import { useSetQuota } from '../use-set-quota.ts'
import type { Tenant } from '../use-tenant.ts'
import { HeldBanner } from './held-banner.tsx'
import { PlanChoice } from './plan-choice.tsx'

type Quota = Tenant['quotas'][number]

const grid =
  'grid grid-cols-[150px_minmax(200px,1fr)_130px_88px_88px_100px_290px] items-center gap-x-4 gutter max-md:grid-cols-2 max-md:gap-y-1'
const headings = ['Fleet', 'Plan', 'This tenant']

/** What holds for this tenant, how much of it is used, and where each limit comes from. */
export function TenantQuotas(props: { tenant: Tenant }) {
  const { tenant } = props
  const standing = useStanding(tenant.id).data
  return (
    <div className="min-h-0 flex-1 overflow-auto max-md:overflow-visible">
      <PlanChoice tenant={tenant} plan={standing?.plan} />
      {standing?.held && <HeldBanner held={standing.held} />}
      <div role="table" aria-label="Limits" className="md:min-w-280">
        <div
          role="row"
          className={`${grid} h-7 border-b border-line bg-surface-2 text-12 font-medium text-ink-3 max-md:hidden`}
        >
          <span role="columnheader">Resource</span>
          <span role="columnheader">Used of limit</span>
          <span role="columnheader">Level</span>
          {headings.map((heading) => (
            <span key={heading} role="columnheader" className="text-right">
              {heading}
            </span>
          ))}
          <span role="columnheader">Change</span>
        </div>
        {tenant.quotas.map((quota) => (
          <QuotaRow
            key={quota.resource}
            quota={quota}
            tenant={tenant}
            standing={standing?.resources.find(({ resource }) => resource === quota.resource)}
          />
        ))}
      </div>
    </div>
  )
}

function LimitCell(props: { quota: Quota; value: number | null; holds: boolean }) {
  return (
    <span role="cell" className={`text-right max-md:hidden ${props.holds ? 'font-medium' : 'text-ink-3'}`}>
      {props.value === null ? '–' : amountOf(props.quota.resource, props.value)}
    </span>
  )
}

function UsedCell(props: { quota: Quota; limit: number | null; used: number | null }) {
  const { limit, used, quota } = props
  if (used === null) {
    return (
      <span role="cell" className="text-12 text-ink-3">
        {limit === null ? 'no limit' : `${amountOf(quota.resource, limit)} at most`}
      </span>
    )
  }
  const amount = amountOf(quota.resource, used)
  if (limit === null) {
    return (
      <span role="cell">
        {amount} <span className="text-12 text-ink-3">no limit</span>
      </span>
    )
  }
  const words = `${amount} of ${amountOf(quota.resource, limit)}`
  return (
    <span role="cell" className="grid grid-cols-[minmax(60px,1fr)_auto] items-center gap-2 max-md:col-span-2">
      <Meter value={used} max={limit} label={words} />
      <span className="text-12 text-ink-2">{words}</span>
    </span>
  )
}

function LevelCell(props: { standing: Standing['resources'][number] | undefined }) {
  const level = props.standing?.level
  const until = props.standing?.graceUntil
  return (
    <span role="cell" className="max-md:col-span-2">
      {level && <Status look={quotaLevelLook[level]} />}
      {until && (
        <span className="block text-12 text-ink-3">
          blocked <TimeStamp at={until} form="relative" />
        </span>
      )}
    </span>
  )
}

function QuotaRow(props: {
  quota: Quota
  tenant: Tenant
  standing: Standing['resources'][number] | undefined
}) {
  const { quota, tenant } = props
  const refusal = usePermissionRefusal('quota.write')
  const { mutate, isPending, variables } = useSetQuota(tenant.slug)
  const [draft, setDraft] = useState<{ text: string; unit: LimitUnit }>()
  const field = useRef<HTMLInputElement>(null)
  const isEditing = draft !== undefined
  useEffect(() => {
    if (isEditing) field.current?.select()
  }, [isEditing])
  // What is on its way is shown at once, and goes when it is refused.
  const own = isPending ? variables.limit : quota.tenantLimit
  const limit = own ?? quota.planLimit ?? quota.fleetLimit
  const read = draft && readLimit(draft.text, draft.unit)
  const set = (limit: number | null) => {
    setDraft(undefined)
    mutate({ tenantId: tenant.id, resource: quota.resource, limit })
  }
  return (
    <div role="row" className={`${grid} num min-h-10 border-b border-line py-1`}>
      <span role="rowheader" className="font-medium">
        {quota.title}
        {quota.until && (
          <span className="block text-12 font-normal text-ink-3" title={quota.reason ?? undefined}>
            own until <TimeStamp at={quota.until} form="relative" />
          </span>
        )}
      </span>
      <UsedCell quota={quota} limit={limit} used={props.standing?.used ?? null} />
      <LevelCell standing={props.standing} />
      <LimitCell
        quota={quota}
        value={quota.fleetLimit}
        holds={own === null && quota.planLimit === null && quota.fleetLimit !== null}
      />
      <LimitCell quota={quota} value={quota.planLimit} holds={own === null && quota.planLimit !== null} />
      <LimitCell quota={quota} value={own} holds={own !== null} />
      <span role="cell" className="max-md:col-span-2">
        {draft === undefined ? (
          <span className="flex gap-1.5">
            <Button
              size="sm"
              disabledReason={refusal}
              busy={isPending}
              onClick={() => setDraft(writeLimit(limit, quota.unit))}
            >
              Set limit
            </Button>
            {own !== null && (
              <Button size="sm" variant="ghost" disabledReason={refusal} onClick={() => set(null)}>
                Take it away
              </Button>
            )}
          </span>
        ) : (
          <form
            className="flex items-center gap-1.5"
            onSubmit={(event) => {
              event.preventDefault()
              if (read !== undefined) set(read)
            }}
          >
            <input
              ref={field}
              inputMode="decimal"
              aria-label={`Limit of ${quota.title.toLowerCase()}`}
              aria-invalid={read === undefined && draft.text !== '' ? true : undefined}
              value={draft.text}
              onChange={(event) => setDraft({ ...draft, text: event.target.value })}
              onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
              className="num h-7 w-24 rounded-md border border-line-control bg-surface px-2 text-right focus:border-transparent focus:outline-2 focus:-outline-offset-1 focus:outline-focus aria-invalid:border-danger max-md:h-11 max-md:text-16"
            />
            {quota.unit === 'seconds' && <span className="text-12 text-ink-3">s</span>}
            {quota.unit === 'bytes' && (
              <select
                aria-label="Unit"
                value={draft.unit}
                onChange={(event) => setDraft({ ...draft, unit: event.target.value as LimitUnit })}
                className="h-7 rounded-md border border-line-control bg-surface px-1 max-md:h-11"
              >
                {limitUnits.map((unit) => (
                  <option key={unit}>{unit}</option>
                ))}
              </select>
            )}
            <Button
              type="submit"
              size="sm"
              variant="primary"
              disabledReason={read === undefined ? 'Write a number of at least 0.' : undefined}
            >
              Save
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setDraft(undefined)}>
              Leave
            </Button>
          </form>
        )}
      </span>
    </div>
  )
}
