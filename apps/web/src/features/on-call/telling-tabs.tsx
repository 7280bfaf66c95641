import type { ReactNode } from 'react'
import { PageTitle } from '../../shell/page-title.tsx'
import { AlertsTabs, tellingTabs } from '../alerts/alerts-tabs.tsx'

/** The pages about who is told, under the bar that all pages about alerts have. */
export function TellingTabs(props: { tab: (typeof tellingTabs)[number]['value']; children: ReactNode }) {
  const title = tellingTabs.find(({ value }) => value === props.tab)?.label ?? ''
  return (
    <>
      <PageTitle title={title} parent={{ label: 'Alerts', to: '/alerts' }} />
      <AlertsTabs value={props.tab}>{props.children}</AlertsTabs>
    </>
  )
}
