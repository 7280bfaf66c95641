import type { AlertMemory, Labels, Measured } from '@tenantry/contracts'
import type { alertRule } from '@tenantry/db/schema'

export type RuleRow = typeof alertRule.$inferSelect

/** One subject of a rule at one look, with its alert if one is open. */
export interface Look {
  /** Of the open alert. */
  readonly alertId: string | null
  readonly incidentId: string | null
  /** Of that incident: what made one of many when it began. */
  readonly groupKey: string | null
  readonly memory: AlertMemory | null
  /** As it was written last. */
  readonly value: number | null
  readonly tenantId: string | null
  readonly clusterId: string | null
  /** A slug, a cluster’s name. */
  readonly name: string
  readonly labels: Labels
  /** Why it is no subject of the rule any more; null: it is. */
  readonly gone: string | null
  readonly measured: Measured
  /** How often its incident has fired again. */
  readonly refired: number
}

/** What one look at a rule found. */
export interface Looked {
  /** Every subject with an open alert, and every other that holds. */
  readonly looks: readonly Look[]
  /** Why nothing can be said; null when something can. */
  readonly fault: string | null
}

/** The moment of one evaluation, by the clock of the control database. */
export interface Moment {
  /** As PostgreSQL writes it, with all its microseconds. */
  readonly at: string
  /** Milliseconds. */
  readonly ms: number
}
