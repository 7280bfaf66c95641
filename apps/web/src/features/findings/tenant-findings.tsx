import { ButtonLink } from '../../ui/link.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { findingMeaning, findingTitle } from './finding-words.ts'
import { useTenantFindings } from './use-findings.ts'

/** Over the page of a tenant whose cluster says something else than the registry. */
export function TenantFindings(props: { tenantId: string }) {
  const findings = useTenantFindings(props.tenantId)
  const [first] = findings
  if (!first) return null
  return (
    <section
      role="status"
      aria-label="Findings"
      className="tone-drift gutter flex shrink-0 gap-2.5 border-b border-line bg-surface-2 py-3 shadow-[inset_3px_0_var(--tone)]"
    >
      <StatusIcon tone="drift" className="mt-0.75" />
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold">Registry and cluster differ</h3>
        <ul className="mt-1 grid gap-1.5">
          {findings.map((finding) => (
            <li key={finding.id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium">{findingTitle[finding.kind]}.</span>
              <span className="text-ink-2">{findingMeaning(finding.kind)}</span>
              <ButtonLink to="/findings" search={{ finding: finding.id }} size="sm">
                See what to do
              </ButtonLink>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
