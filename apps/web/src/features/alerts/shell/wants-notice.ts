import type { Incident } from '../use-alerts.ts'

/** Whether somebody is to be told: it fires, nobody has it, it is not silenced, and it is worth a sound. */
export function wantsNotice(incident: Pick<Incident, 'state' | 'severity' | 'firing' | 'silenced'>): boolean {
  const isQuiet = incident.firing > 0 && incident.silenced >= incident.firing
  return incident.state === 'firing' && !isQuiet && incident.severity !== 'info'
}
