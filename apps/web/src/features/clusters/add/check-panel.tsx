import { Radar } from 'lucide-react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { Button } from '../../../ui/button.tsx'
import { SidePanel } from '../../../ui/side-panel.tsx'
import { CheckList, checkSummary } from '../check-list.tsx'
import type { useCheckCluster } from '../use-check-cluster.ts'

/** What was looked at, answer by answer, and the button that looks again. */
export function CheckPanel(props: {
  look: ReturnType<typeof useCheckCluster>
  /** Whether the answers are about what the form holds now. */
  isCurrent: boolean
  refusal: string | undefined
  onCheck: () => void
}) {
  const { report, shown, isPending, error } = props.look
  const checks = report?.checks.slice(0, shown) ?? []
  const isWhole = report !== undefined && shown >= report.checks.length
  return (
    <SidePanel label="Checks" width={520}>
      <div className="flex items-center gap-2 border-b border-line px-4 py-2.5">
        <h2 className="text-13 font-semibold">Checks</h2>
        <span role="status" className="num min-w-0 flex-1 truncate text-12 text-ink-3">
          {isPending
            ? 'looking'
            : report && !props.isCurrent
              ? 'of another address: check again'
              : report && isWhole
                ? checkSummary(report.checks)
                : ''}
        </span>
        <Button icon={Radar} busy={isPending} disabledReason={props.refusal} onClick={props.onCheck}>
          {report ? 'Check again' : 'Check it'}
        </Button>
      </div>
      <div className="px-4 py-2">
        {error ? (
          <FormFault fault={faultOf(error)} />
        ) : report ? (
          <CheckList checks={checks} label="What the check found" />
        ) : (
          <p className="py-1 text-12 text-ink-3">
            Nothing is registered by a check: it connects, looks at rights, settings and schemas, tries
            whether the worker’s role is let in, and says what mends what is wrong.
          </p>
        )}
      </div>
    </SidePanel>
  )
}
