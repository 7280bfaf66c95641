import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type AlertTab, alertTabs } from '../../routes/alerts.ts'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'

/** Who is told: each an address of its own. */
export const tellingTabs = [
  { value: '/alerts/schedules', label: 'Schedules' },
  { value: '/alerts/escalation', label: 'Escalation' },
  { value: '/alerts/channels', label: 'Channels' },
  { value: '/alerts/deliveries', label: 'Deliveries' },
] as const
type TellingTab = (typeof tellingTabs)[number]['value']

const words: Readonly<Record<AlertTab, string>> = { firing: 'Firing', rules: 'Rules', silences: 'Silences' }
const isTab = (value: string): value is AlertTab => (alertTabs as readonly string[]).includes(value)

/** The one bar over everything about alerts: what fires and why, then who is told. */
export function AlertsTabs(props: {
  value: AlertTab | TellingTab
  counts?: Partial<Record<AlertTab, number | undefined>>
  children: ReactNode
}) {
  const { value, counts } = props
  const navigate = useNavigate()
  const tabs = [
    ...alertTabs.map((tab) => ({
      value: tab,
      label: words[tab],
      ...(counts?.[tab] === undefined ? {} : { count: counts[tab] }),
    })),
    ...tellingTabs,
  ]
  const go = (next: AlertTab | TellingTab) =>
    void (isTab(next)
      ? navigate({ to: '/alerts', search: { tab: next }, replace: isTab(value) })
      : navigate({ to: next }))
  return (
    <Tabs label="Alerts" value={value} onChange={go} tabs={tabs}>
      <TabPanel value={value}>{props.children}</TabPanel>
    </Tabs>
  )
}
