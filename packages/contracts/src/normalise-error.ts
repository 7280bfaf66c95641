/**
 * What is the same in errors that have one cause: ids, quoted names, addresses and numbers are taken out of the message.
 * Failures are grouped by it.
 */
export function normaliseError({ code, message }: { code: string; message: string }): string {
  const same = message
    .replace(/"[^"]*"|“[^”]*”|'[^']*'|`[^`]*`/g, '…')
    .replace(/\b[a-z]{2}_[0-9a-z]{26}(_\w+)?\b/g, '…')
    .replace(/\bt_[a-z0-9_]+\b/g, '…')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '…')
    .replace(/\b[0-9a-f]{16,}\b/gi, '…')
    .replace(/\d+([.:]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
  return `${code}: ${same}`
}
