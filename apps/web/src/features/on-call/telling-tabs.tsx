import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageTitle } from '../../shell/page-title.tsx'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'

const tabs = [
  { value: '/alerts/schedules', label: 'Schedules' },
  { value: '/alerts/escalation', label: 'Escalation' },
  { value: '/alerts/channels', label: 'Channels' },
  { value: '/alerts/deliveries', label: 'Deliveries' },
] as const

/** The pages about who is told, as tabs: each is an address of its own. */
export function TellingTabs(props: { tab: (typeof tabs)[number]['value']; children: ReactNode }) {
  const navigate = useNavigate()
  const title = tabs.find(({ value }) => value === props.tab)?.label ?? ''
  return (
    <>
      <PageTitle title={title} />
      <Tabs label="Who is told" value={props.tab} onChange={(to) => void navigate({ to })} tabs={tabs}>
        <TabPanel value={props.tab}>{props.children}</TabPanel>
      </Tabs>
    </>
  )
}
