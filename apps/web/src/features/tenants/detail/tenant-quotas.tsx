import { useEffect, useRef, useState } from 'react'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { formatBytes, formatCount } from '../../../ui/number-format.ts'
import { type LimitUnit, limitUnits, readLimit, writeLimit } from '../limit-text.ts'
import { useSetQuota } from '../use-set-quota.ts'
import type { Tenant } from '../use-tenant.ts'

type Quota = Tenant['quotas'][number]

function Limit(props: { quota: Pick<Quota, 'unit'>; value: number | null }) {
  if (props.value === null) return <span className="text-ink-3">no limit</span>
  if (props.quota.unit === 'count') return formatCount(props.value)
  const { value, unit } = formatBytes(props.value)
  return (
    <>
      {value} <span className="text-ink-3">{unit}</span>
    </>
  )
}

const grid =
  'grid grid-cols-[minmax(140px,1fr)_120px_120px_120px_300px] items-center gap-x-4 gutter max-md:grid-cols-2 max-md:gap-y-1'

/** What holds for this tenant: the fleet's default, its own limit, and which of them counts. */
export function TenantQuotas(props: { tenant: Tenant }) {
  const { tenant } = props
  return (
    <div className="min-h-0 flex-1 overflow-y-auto max-md:overflow-visible">
      <div role="table" aria-label="Limits">
        <div
          role="row"
          className={`${grid} h-7 border-b border-line bg-surface-2 text-12 font-medium text-ink-3 max-md:hidden`}
        >
          <span role="columnheader">Resource</span>
          <span role="columnheader" className="text-right">
            Fleet
          </span>
          <span role="columnheader" className="text-right">
            This tenant
          </span>
          <span role="columnheader" className="text-right">
            Holds
          </span>
          <span role="columnheader">Change</span>
        </div>
        {tenant.quotas.map((quota) => (
          <QuotaRow key={quota.resource} quota={quota} tenant={tenant} />
        ))}
      </div>
      <div className="m-5 max-w-160">
        <Banner tone="note">
          Limits are kept and shown. Nothing is measured against them in this release.
        </Banner>
      </div>
    </div>
  )
}

function QuotaRow(props: { quota: Quota; tenant: Tenant }) {
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
  const read = draft && readLimit(draft.text, draft.unit)
  const set = (limit: number | null) => {
    setDraft(undefined)
    mutate({ tenantId: tenant.id, resource: quota.resource, limit })
  }
  return (
    <div role="row" className={`${grid} num min-h-10 border-b border-line py-1`}>
      <span role="rowheader" className="font-medium">
        {quota.title}
      </span>
      <span role="cell" className="text-right max-md:hidden">
        <Limit quota={quota} value={quota.fleetLimit} />
      </span>
      <span role="cell" className="text-right max-md:hidden">
        {own === null ? (
          <span className="text-ink-3">as the fleet</span>
        ) : (
          <Limit quota={quota} value={own} />
        )}
      </span>
      <span role="cell" className="text-right font-medium">
        <Limit quota={quota} value={own ?? quota.fleetLimit} />
      </span>
      <span role="cell" className="max-md:col-span-2">
        {draft === undefined ? (
          <span className="flex gap-1.5">
            <Button
              size="sm"
              disabledReason={refusal}
              busy={isPending}
              onClick={() => setDraft(writeLimit(own ?? quota.fleetLimit, quota.unit))}
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
