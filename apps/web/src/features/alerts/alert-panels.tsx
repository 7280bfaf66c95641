import type { ReactNode } from 'react'
import type { AlertTab } from '../../routes/alerts.ts'
import { FiringTab } from './firing/firing-tab.tsx'
import { RulesTab } from './rules/rules-tab.tsx'
import { SilencesTab } from './silences/silences-tab.tsx'

/** What each tab of `/alerts` shows; its name stands in `routes/alerts.ts`, too. */
export const alertTabPanels: Readonly<Record<AlertTab, () => ReactNode>> = {
  firing: () => <FiringTab />,
  rules: () => <RulesTab />,
  silences: () => <SilencesTab />,
}
