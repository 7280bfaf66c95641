import type { ReactNode } from 'react'
import type { AlertTab } from '../../routes/alerts.ts'
import { FiringTab } from './firing/firing-tab.tsx'
import { RulesTab } from './rules/rules-tab.tsx'
import { SilencesTab } from './silences/silences-tab.tsx'

export interface AlertTabInfo {
  readonly label: string
  readonly panel: () => ReactNode
}

/** What each tab shows; its name stands in `routes/alerts.ts`, too. */
export const alertTabPanels: Readonly<Record<AlertTab, AlertTabInfo>> = {
  firing: { label: 'Firing', panel: () => <FiringTab /> },
  rules: { label: 'Rules', panel: () => <RulesTab /> },
  silences: { label: 'Silences', panel: () => <SilencesTab /> },
}
