import { scopeOf } from '@tenantry/contracts'
import { CircleAlert } from 'lucide-react'
import { Icon } from '../../../ui/icon.tsx'
import { LabelField } from '../../tenants/label-field.tsx'
import { useMatcherValues } from '../silences/use-matcher-values.ts'
import { ValueField } from '../silences/value-field.tsx'
import type { DraftProps } from './condition-fields.tsx'

/** Whom the rule is about. */
export function ScopeFields({ draft, faults, onChange }: DraftProps) {
  const { namesOf } = useMatcherValues()
  const of = scopeOf(draft.metric)
  const fault = faults.clusterIds ?? faults.tenantIds ?? faults.labels
  return (
    <section aria-label="Whom it is about" className="grid gap-3 border-t border-line pt-4">
      <h2 className="text-13 font-semibold">Whom it is about</h2>
      {of === 'fleet' &&
      draft.clusterIds.length + draft.tenantIds.length + Object.keys(draft.labels).length === 0 ? (
        <p className="text-12 text-ink-3">The metric is of the whole fleet.</p>
      ) : (
        <div className="grid grid-cols-[88px_minmax(0,1fr)] items-start gap-x-3 gap-y-2.5">
          <span className="leading-6 text-ink-2">Clusters</span>
          <ValueField
            name="clusters"
            fact="cluster"
            values={draft.clusterIds}
            names={namesOf('cluster')}
            onChange={(clusterIds) => onChange({ clusterIds })}
          />
          {(of === 'tenant' || draft.tenantIds.length > 0) && (
            <>
              <span className="leading-6 text-ink-2">Tenants</span>
              <ValueField
                name="tenants"
                fact="tenant"
                values={draft.tenantIds}
                names={null}
                onChange={(tenantIds) => onChange({ tenantIds })}
              />
            </>
          )}
          <span className="leading-6 text-ink-2">Labels</span>
          <LabelField
            value={draft.labels}
            onChange={(labels) => onChange({ labels })}
            name="label of whom it is about"
          />
        </div>
      )}
      {fault ? (
        <p role="alert" className="flex gap-1 text-12">
          <Icon of={CircleAlert} size={12} className="tone-failed mt-0.5 text-tone-icon" bold />
          {fault}
        </p>
      ) : (
        of !== 'fleet' && <p className="text-12 text-ink-3">Empty: every {of}.</p>
      )}
    </section>
  )
}
