const key = 'tenantry.noticed'
/** So many are remembered: more than can fire while tabs wait for the lock. */
const most = 200

function remembered(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

/**
 * Runs something for a name in one tab of this browser, and never again for the same name: under a lock that all tabs
 * share, so that two which hear at the same moment do not both.
 * @returns whether it ran here
 */
export async function onceAcrossTabs(
  name: string,
  run: () => void,
  locks: Pick<LockManager, 'request'> | undefined = navigator.locks,
): Promise<boolean> {
  const once = () => {
    const names = remembered()
    if (names.includes(name)) return false
    try {
      localStorage.setItem(key, JSON.stringify([...names, name].slice(-most)))
    } catch {
      // Without storage every tab tells once.
    }
    run()
    return true
  }
  // Locks are for secure pages only; without them a tab may be doubled, never missed.
  return locks ? locks.request(key, once) : once()
}
