import { useState } from 'react'
import type { Fault } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { showFault } from '../../../form/use-zod-form.ts'
import { useShortcuts } from '../../../keyboard/shortcuts.ts'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { newTenantRoute } from '../../../routes/new-tenant.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyForbidden } from '../../../ui/empty.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { LabelField } from '../label-field.tsx'
import { useProvisionTenant } from '../use-provision-tenant.ts'
import { useSlugCheck } from '../use-slug-check.ts'
import { FormSection } from './form-section.tsx'
import { IdentitySection } from './identity-section.tsx'
import { PlacementSection } from './placement-section.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { TemplateSection } from './template-section.tsx'
import { useWishForm } from './wish-form.ts'

const parent = { label: 'Tenants', to: '/tenants' } as const
const onFailureOptions = [
  { value: 'undo', label: 'Take back what is done' },
  { value: 'keep', label: 'Keep it until I decide' },
] as const

/** A tenant from a few decisions; what comes of it is watched on its operation's page. */
export function NewTenantPage() {
  const refusal = usePermissionRefusal('tenant.provision')
  return (
    <>
      <PageTitle title="New tenant" parent={parent} />
      {refusal ? <EmptyForbidden noun="this form" permission="tenant.provision" /> : <NewTenantForm />}
    </>
  )
}

function NewTenantForm() {
  const { slug: wanted } = newTenantRoute.useSearch()
  const navigate = newTenantRoute.useNavigate()
  const form = useWishForm(wanted)
  const wish = form.watch()
  const verdict = useSlugCheck(wish.slug)
  const { provision, isPending } = useProvisionTenant()
  const stale = useStaleRefusal()
  const [fault, setFault] = useState<Fault>()

  const submit = form.handleSubmit(async (values) => {
    if (isPending || stale) return
    setFault(undefined)
    try {
      const { operationId, repeated } = await provision(values)
      toastDone(repeated ? `${values.slug} was asked for already` : `${values.slug} is being provisioned`)
      await navigate({ to: '/operations/$id', params: { id: operationId } })
    } catch (error) {
      setFault(showFault(form, error))
    }
  })
  useShortcuts([{ keys: 'mod+enter', label: 'Create the tenant', group: 'Page', run: () => void submit() }])
  const slugRefusal = verdict.kind === 'refused' && wish.slug ? verdict.reason : undefined

  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="min-h-0 min-w-0 flex-1 max-lg:flex-none lg:overflow-y-auto"
        aria-label="New tenant"
      >
        {fault && (
          <div className="px-8 pt-4 max-md:px-5">
            <FormFault fault={fault} />
          </div>
        )}
        <IdentitySection form={form} verdict={verdict} startsTouched={wanted !== ''} />
        <PlacementSection form={form} />
        <TemplateSection form={form} />
        <FormSection
          number={4}
          title="Labels and notes"
          note="To find it by and to tell others; both can be changed at any time."
        >
          <div className="grid max-w-140 gap-3">
            <LabelField
              value={wish.labels ?? {}}
              onChange={(labels) => form.setValue('labels', labels, { shouldValidate: true })}
            />
            <TextArea
              label="Notes"
              rows={3}
              error={form.formState.errors.notes?.message}
              {...form.register('notes')}
            />
          </div>
        </FormSection>
        <FormSection
          number={5}
          title="If a step fails"
          note="For good, that is: passing faults are tried again either way."
        >
          <Segments
            label="If a step fails"
            value={wish.onFailure ?? 'undo'}
            onChange={(onFailure) => form.setValue('onFailure', onFailure)}
            options={onFailureOptions}
          />
        </FormSection>
        <div className="flex flex-wrap items-center gap-2 px-8 py-4 max-md:px-5">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            busy={isPending}
            disabledReason={stale ?? slugRefusal}
            className="max-md:w-full"
          >
            {wish.slug ? `Create ${wish.slug}` : 'Create tenant'}
          </Button>
          <ButtonLink to="/tenants" variant="ghost" size="lg" className="max-md:w-full">
            Leave
          </ButtonLink>
        </div>
      </form>
      <ReviewPanel wish={wish} />
    </div>
  )
}
