import { addClusterInput } from '@tenantry/contracts'
import { useState } from 'react'
import type { z } from 'zod'
import { callForms } from '../../../api/call-forms.ts'
import type { Fault } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { showFault, useZodForm } from '../../../form/use-zod-form.ts'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { newClusterRoute } from '../../../routes/new-cluster.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { EmptyForbidden } from '../../../ui/empty.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { FormSection } from '../../tenants/create/form-section.tsx'
import { LabelField } from '../../tenants/label-field.tsx'
import { AddressField } from '../address-field.tsx'
import { LimitFields } from '../limit-fields.tsx'
import { useCheckCluster } from '../use-check-cluster.ts'
import { CheckPanel } from './check-panel.tsx'
import { useAddCluster } from './use-add-cluster.ts'

const parent = { label: 'Clusters', to: '/clusters' } as const

/** A cluster from its address: checked first, then added. */
export function AddClusterPage() {
  const refusal = usePermissionRefusal('cluster.write')
  return (
    <>
      <PageTitle title="Add cluster" parent={parent} />
      {refusal ? <EmptyForbidden noun="this form" permission="cluster.write" /> : <AddClusterForm />}
    </>
  )
}

const empty: z.input<typeof addClusterInput> = {
  name: '',
  adminUrl: '',
  labels: {},
  limits: {},
  maxConcurrency: 4,
  cordoned: false,
}

function AddClusterForm() {
  const navigate = newClusterRoute.useNavigate()
  const form = useZodForm(addClusterInput, empty)
  const wish = form.watch()
  const look = useCheckCluster()
  const { add, isPending } = useAddCluster()
  const stale = useStaleRefusal()
  const [fault, setFault] = useState<Fault>()
  const [limitsAreWhole, setLimitsAreWhole] = useState(true)

  const { errors } = form.formState
  const address = addClusterInput.shape.adminUrl.safeParse(wish.adminUrl)
  const concurrency = addClusterInput.shape.maxConcurrency.safeParse(wish.maxConcurrency)
  const cannotCheck = address.success
    ? concurrency.success
      ? undefined
      : 'Operations at once: 1 to 64.'
    : wish.adminUrl
      ? address.error.issues[0]?.message
      : 'Give its address first.'
  const asked = look.asked && 'maxConcurrency' in look.asked ? look.asked : undefined
  const isCurrent =
    address.success && asked?.adminUrl === address.data && asked.maxConcurrency === wish.maxConcurrency
  const failed = look.report?.checks.filter(({ outcome }) => outcome === 'error').length ?? 0
  const cannotAdd =
    stale ??
    (look.report && isCurrent
      ? failed
        ? `Mend the ${failed === 1 ? 'error' : `${failed} errors`} first, then check again.`
        : undefined
      : 'Check it first: press “Check it”.') ??
    (limitsAreWhole ? undefined : 'A limit is no number.')

  const check = () => {
    if (!address.success || !concurrency.success) return
    look.check({ adminUrl: address.data, maxConcurrency: concurrency.data })
  }
  const submit = form.handleSubmit(async (values) => {
    if (isPending || cannotAdd) return
    setFault(undefined)
    try {
      const { clusterId, name } = await add(values)
      toastDone(`${name} is a cluster now; workers take it up within seconds`)
      await navigate({ to: '/clusters/$id', params: { id: clusterId } })
    } catch (error) {
      setFault(showFault(form, error))
    }
  })

  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <form
        noValidate
        aria-label="Add cluster"
        onSubmit={(event) => void submit(event)}
        className="min-h-0 min-w-0 flex-1 max-lg:flex-none lg:overflow-y-auto"
      >
        {fault && (
          <div className="px-8 pt-4 max-md:px-5">
            <FormFault fault={fault} />
          </div>
        )}
        <FormSection
          number={1}
          title="Address"
          note="A database of its own, as a superuser of it. Kept sealed with the master key and never shown again."
        >
          <div className="grid max-w-140 gap-3">
            <TextField
              label="Name"
              mono
              placeholder="eu-3"
              autoComplete="off"
              spellCheck={false}
              error={errors.name?.message}
              {...form.register('name')}
            />
            <AddressField error={errors.adminUrl?.message} {...form.register('adminUrl')} />
          </div>
        </FormSection>
        <FormSection number={2} title="Labels" note="What placement rules may ask for, such as region=eu.">
          <div className="max-w-140">
            <LabelField
              value={wish.labels ?? {}}
              onChange={(labels) => form.setValue('labels', labels, { shouldValidate: true })}
            />
          </div>
        </FormSection>
        <FormSection
          number={3}
          title="Limits"
          note="A cluster that has reached one takes no new tenants. All can be changed at any time."
        >
          <div className="grid max-w-140 gap-3">
            <LimitFields
              value={wish.limits ?? {}}
              onChange={(limits) => {
                setLimitsAreWhole(limits !== undefined)
                if (limits) form.setValue('limits', limits)
              }}
            />
            <TextField
              label="Operations at once, for each worker process"
              type="number"
              min={1}
              max={64}
              error={errors.maxConcurrency?.message}
              {...form.register('maxConcurrency', { valueAsNumber: true })}
            />
            <label className="flex items-center gap-2">
              <input type="checkbox" className="accent-accent" {...form.register('cordoned')} />
              Add it cordoned: no tenant is placed on it until it is uncordoned
            </label>
          </div>
        </FormSection>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-8 py-4 max-md:px-5">
          <div className="flex flex-wrap items-center gap-2">
            <Button
              type="submit"
              variant="primary"
              size="lg"
              busy={isPending}
              disabledReason={cannotAdd}
              className="max-md:w-full"
            >
              {wish.name ? `Add ${wish.name}` : 'Add cluster'}
            </Button>
            <ButtonLink to="/clusters" variant="ghost" size="lg" className="max-md:w-full">
              Leave
            </ButtonLink>
          </div>
          <div className="max-w-140">
            <CopyAs
              forms={callForms(
                {
                  path: 'clusters.add',
                  kind: 'mutation',
                  input: { ...wish, adminUrl: 'postgres://user:password@host:5432/database' },
                },
                location.origin,
              )}
            />
          </div>
        </div>
      </form>
      <CheckPanel look={look} isCurrent={isCurrent} refusal={cannotCheck} onCheck={check} />
    </div>
  )
}
