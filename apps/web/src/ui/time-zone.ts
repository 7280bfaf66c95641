import { useSyncExternalStore } from 'react'

const key = 'tenantry.zone'
const listeners = new Set<() => void>()
const own = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export interface TimeZone {
  /** IANA name, as in Europe/Rome. */
  readonly name: string
  /** As printed beside times: CET, UTC. */
  readonly short: string
}

function describe(name: string): TimeZone {
  const part = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeZoneName: 'short' })
    .formatToParts(new Date())
    .find(({ type }) => type === 'timeZoneName')
  return { name, short: part?.value ?? name }
}

function stored(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

let current = describe(stored() === 'UTC' ? 'UTC' : own)

/** The zone in which this reader sees times. */
export function useTimeZone(): TimeZone {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

/** Between the reader's own zone and UTC. */
export function toggleTimeZone(): void {
  current = describe(current.name === 'UTC' ? own : 'UTC')
  try {
    localStorage.setItem(key, current.name === 'UTC' ? 'UTC' : 'own')
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}
