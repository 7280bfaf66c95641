import { type AlertTab, alertsRoute, alertTabs } from '../../routes/alerts.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'
import { alertTabPanels } from './alert-tabs.tsx'
import { EngineNotice } from './engine-notice.tsx'
import { useSilences } from './silences/use-silences.ts'
import { useAlertNews, useFiringCounts } from './use-alerts.ts'
import { useRules } from './use-rules.ts'

const live = ['active', 'planned'] as const

/** What fires, by which rules, and what is silenced. */
export function AlertsPage() {
  const { tab } = alertsRoute.useSearch()
  const navigate = alertsRoute.useNavigate()
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
      <Tabs
        label="Alerts"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={alertTabs.map((value) => ({
          value,
          label: alertTabPanels[value].label,
          ...(shown[value] === undefined ? {} : { count: shown[value] }),
        }))}
      >
        {alertTabs.map((value) => (
          <TabPanel key={value} value={value}>
            {alertTabPanels[value].panel()}
          </TabPanel>
        ))}
      </Tabs>
    </>
  )
}
