import { type AlertTab, alertsRoute } from '../../routes/alerts.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { alertTabPanels } from './alert-panels.tsx'
import { AlertsTabs } from './alerts-tabs.tsx'
import { EngineNotice } from './engine-notice.tsx'
import { useSilences } from './silences/use-silences.ts'
import { useAlertNews, useFiringCounts } from './use-alerts.ts'
import { useRules } from './use-rules.ts'

const live = ['active', 'planned'] as const

/** What fires, by which rules, and what is silenced. */
export function AlertsPage() {
  const { tab } = alertsRoute.useSearch()
  useAlertNews()
  const counts = useFiringCounts()
  const rules = useRules().data?.length
  const { byState } = useSilences(live)
  const open =
    counts && counts.critical + counts.warning + counts.info + counts.acknowledged + counts.silenced
  const shown: Partial<Record<AlertTab, number | undefined>> = {
    firing: open,
    rules,
    silences: byState && byState.active + byState.planned,
  }
  return (
    <>
      <PageTitle title="Alerts" count={open ? `${open} firing` : undefined} />
      <EngineNotice />
      <AlertsTabs value={tab} counts={shown}>
        {alertTabPanels[tab]()}
      </AlertsTabs>
    </>
  )
}
