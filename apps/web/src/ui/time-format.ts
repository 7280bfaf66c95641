/** `time` 11:05:52 · `minute` 11:05 · `day` 22 Nov · `date` 22 Nov 2026 · `date-time` 2026-11-22 11:05:52. */
export type MomentForm = 'time' | 'minute' | 'day' | 'date' | 'date-time'

const formats = new Map<string, Intl.DateTimeFormat>()

function partsOf(at: Date, zone: string): Record<string, string> {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  formats.set(zone, format)
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]))
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A moment as the reader's zone shows it. */
export function formatMoment(at: Date, form: MomentForm, zone: string): string {
  const p = partsOf(at, zone)
  if (form === 'time') return `${p.hour}:${p.minute}:${p.second}`
  if (form === 'minute') return `${p.hour}:${p.minute}`
  if (form === 'day') return `${Number(p.day)} ${months[Number(p.month) - 1]}`
  if (form === 'date') return `${Number(p.day)} ${months[Number(p.month) - 1]} ${p.year}`
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second}`
}

/** 2026-11-22 10:05:52Z */
export function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`
}

/** "now", "40 s ago", "in 2 d". */
export function formatRelative(at: Date, now: number): string {
  const seconds = Math.round((now - at.getTime()) / 1000)
  const size = Math.abs(seconds)
  // What happened since the page's clock last ticked lies in its future; nobody means that by “in 8 s”.
  if (size < 5 || (seconds < 0 && size < 60)) return 'now'
  const text =
    size < 60
      ? `${size} s`
      : size < 3600
        ? `${Math.floor(size / 60)} min`
        : size < 86_400
          ? `${Math.floor(size / 3600)} h`
          : `${Math.floor(size / 86_400)} d`
  return seconds >= 0 ? `${text} ago` : `in ${text}`
}

/** 84 ms · 11.8 s · 4 min 06 s · 6 h 53 min · 3 d 2 h */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`
}
