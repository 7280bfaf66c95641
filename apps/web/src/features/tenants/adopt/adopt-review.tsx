import { type AdoptableSchema, operationSteps, schemaNameOf } from '@tenantry/contracts'
import { callForms } from '../../../api/call-forms.ts'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { FactList } from '../../../ui/facts.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { SidePanel, SideSection } from '../../../ui/side-panel.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import type { AdoptDraft } from './adopt-form-state.ts'

const unsaid = <span className="text-ink-3">–</span>

/** What an adoption will change, from → to. */
export function changesOf(found: AdoptableSchema, draft: AdoptDraft) {
  const objects = found.tables + found.views + found.sequences + found.functions + found.others
  const kept = draft.keepRoles ?? []
  const lost = found.roles.filter(({ name, superuser }) => !superuser && !kept.includes(name))
  return {
    to: draft.slug ? schemaNameOf(draft.slug) : undefined,
    objects,
    kept,
    lost: lost.map(({ name }) => name),
  }
}

/** What will be changed, while the form is filled in, and the same as a call. */
export function AdoptReview(props: { found: AdoptableSchema; draft: AdoptDraft; cluster: string }) {
  const { found, draft } = props
  const { to, objects, kept, lost } = changesOf(found, draft)
  const input = {
    idempotencyKey: 'choose-one-per-tenant',
    ...draft,
    confirmSchema: found.schema,
    reason: 'say why',
  }
  return (
    <SidePanel label="Review" width={448}>
      <SideSection title="What will be changed" className="pt-4!">
        <FactList
          facts={[
            { name: 'Cluster', value: <Mono>{props.cluster}</Mono> },
            { name: 'Name today', value: <Mono>{found.schema}</Mono> },
            { name: 'Name then', value: to ? <Mono>{to}</Mono> : unsaid },
            { name: 'Owner today', value: <Mono>{found.owner}</Mono> },
            { name: 'Owner then', value: 'the tenant’s owner role' },
            { name: 'Objects fitted', value: formatCount(objects) },
            { name: 'Locks needed', value: formatCount(found.locks) },
            { name: 'Goes on', value: kept.length ? <Mono>{kept.join(', ')}</Mono> : 'nobody' },
            { name: 'Loses access', value: lost.length ? <Mono>{lost.join(', ')}</Mono> : 'nobody' },
          ]}
        />
        <p className="mt-2 text-12 text-ink-3">
          Data stays where it is. Owners, privileges and name are remembered and given back if anything fails.
        </p>
      </SideSection>
      <SideSection title="How" end="each step knows its way back">
        <ol className="grid gap-0.5">
          {operationSteps['tenant.adopt'].map((step) => (
            <li key={step.name} className="flex items-center gap-2 text-ink-2">
              <StatusIcon tone="queued" size={12} />
              {step.title}
            </li>
          ))}
        </ol>
      </SideSection>
      <div className="px-4 py-2.5">
        <CopyAs forms={callForms({ path: 'tenants.adopt', kind: 'mutation', input }, location.origin)} />
      </div>
    </SidePanel>
  )
}
