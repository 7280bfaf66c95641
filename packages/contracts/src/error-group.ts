const quoted = /"[^"]*"|“[^”]*”|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g
const ids = /\b(tn|op|cl|tp|us|bk|fi|wk)_[0-9a-z]{26}(_\w+)?\b/g
const schemas = /\bt_[a-z0-9_]+\b/g
const uuids = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi
const times = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?/g
const addresses = /\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g
const hashes = /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\b/gi
const numbers = /\b\d+([.,]\d+)*\b/g

/** At most so long is a group: it travels in addresses. */
const longest = 500

/**
 * What failures of one cause have in common: their code and their message without what differs from tenant to tenant.
 * Two errors belong to one group when this text is the same.
 * @param names words that name the one tenant, such as its slug: taken out wherever they stand
 */
export function normaliseError(
  error: { readonly code: string; readonly message: string },
  names: readonly string[] = [],
): string {
  // Some messages end with their code, which stands in front already.
  let message = (error.message.split('\n', 1)[0] ?? '').replace(`(${error.code})`, '')
  for (const name of names.filter(Boolean).toSorted((a, b) => b.length - a.length)) {
    message = message.replace(new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`, 'g'), '…')
  }
  message = message
    .replace(ids, '…')
    .replace(uuids, '…')
    .replace(times, '…')
    .replace(addresses, '…')
    .replace(schemas, '…')
    .replace(quoted, '“…”')
    .replace(hashes, '…')
    .replace(numbers, '…')
    .replace(/\s+/g, ' ')
    .trim()
  return `${error.code} ${message}`.slice(0, longest)
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
