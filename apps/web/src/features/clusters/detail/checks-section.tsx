import { Radar } from 'lucide-react'
import { useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { CheckList, checkSummary } from '../check-list.tsx'
import { useCheckCluster } from '../use-check-cluster.ts'
import type { Cluster } from '../use-clusters.ts'

/** What the last look through rights and settings found, with what mends it; fine answers fold away. */
export function ChecksSection({ cluster }: { cluster: Cluster }) {
  const look = useCheckCluster()
  const refusal = usePermissionRefusal('cluster.write')
  const [all, setAll] = useState(false)
  const checks = look.report?.checks ?? cluster.checks
  const findings = checks.filter(({ outcome }) => outcome !== 'ok')
  const shown = all ? checks : findings
  return (
    <section aria-label="Checks" className="border-b border-line">
      <SectionHeader
        title="Rights and settings"
        meta={
          checks.length ? (
            <>
              {checkSummary(checks)}
              {cluster.checksAt && !look.report && (
                <>
                  , <TimeStamp at={cluster.checksAt} form="relative" />
                </>
              )}
            </>
          ) : (
            'never looked at'
          )
        }
      >
        {checks.length > 0 && (
          <Button size="sm" variant="ghost" onClick={() => setAll(!all)}>
            {all ? 'Findings only' : 'Show all'}
          </Button>
        )}
        <Button
          size="sm"
          icon={Radar}
          busy={look.isPending}
          disabledReason={refusal}
          onClick={() => look.check({ clusterId: cluster.id })}
        >
          Check again
        </Button>
      </SectionHeader>
      <div className="gutter border-t border-line py-1">
        {look.error ? <FormFault fault={faultOf(look.error)} /> : null}
        {shown.length > 0 ? (
          <CheckList checks={shown} label="What the check found" />
        ) : (
          <p className="py-1.5 text-ink-3">
            {checks.length ? 'Nothing is to be mended.' : 'Look at it once to see what could be better.'}
          </p>
        )}
      </div>
    </section>
  )
}
