import { useSyncExternalStore } from 'react'

/** Whether this browser tells of what fires: `off` until somebody asks for it. */
export type NoticeChoice = 'on' | 'off' | 'refused' | 'unable'

const key = 'tenantry.notices'
const watchers = new Set<() => void>()

function wanted(): boolean {
  try {
    return localStorage.getItem(key) === 'on'
  } catch {
    return false
  }
}

function read(): NoticeChoice {
  if (typeof Notification === 'undefined') return 'unable'
  if (Notification.permission === 'denied') return 'refused'
  return wanted() && Notification.permission === 'granted' ? 'on' : 'off'
}

let choice = read()

function tell(): void {
  choice = read()
  for (const watcher of watchers) watcher()
}

export function useNoticeChoice(): NoticeChoice {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => choice,
  )
}

/** Turns notices of this browser on or off. Asks the browser’s permission: call it from a press. */
export async function chooseNotices(on: boolean): Promise<NoticeChoice> {
  if (typeof Notification !== 'undefined' && on && Notification.permission === 'default') {
    await Notification.requestPermission()
  }
  try {
    localStorage.setItem(key, on ? 'on' : 'off')
  } catch {
    // Storage can be forbidden: then nothing is told, which is what the menu goes on showing.
  }
  tell()
  return choice
}
