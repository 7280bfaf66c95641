import { headline, type NotificationMessage } from '@tenantry/contracts'

/** What stands in every message beside its headline: label and value, in the order of reading. */
export function linesOf(message: NotificationMessage): { label: string; value: string }[] {
  const { scope, startedAt, resolvedAt, facts, action, holder, acknowledgedUntil } = message
  return [
    { label: 'Scope', value: scope },
    { label: 'Since', value: startedAt },
    ...(resolvedAt ? [{ label: 'Until', value: resolvedAt }] : []),
    ...facts,
    ...(action ? [{ label: 'Do first', value: action }] : []),
    {
      label: 'Taken by',
      value: holder ? `${holder}${acknowledgedUntil ? `, until ${acknowledgedUntil}` : ''}` : 'nobody',
    },
  ].filter(({ value }) => value)
}

export function linksOf(message: NotificationMessage): { label: string; url: string }[] {
  return [
    { label: 'Acknowledge', url: message.acknowledgeUrl },
    { label: 'Open', url: message.url },
    { label: 'Runbook', url: message.runbookUrl },
  ].flatMap(({ label, url }) => (url ? [{ label, url }] : []))
}

/** Everything, for whoever reads text. */
export function plainText(message: NotificationMessage): string {
  const { tenants, more, command } = message
  return [
    headline(message),
    '',
    ...linesOf(message).map(({ label, value }) => `${label}: ${value}`),
    ...(tenants.length ? ['', 'Tenants:', ...tenants.map((name) => `  ${name}`)] : []),
    ...(more ? [`  and ${more} more`] : []),
    ...linksOf(message).flatMap(({ label, url }) => ['', `${label}: ${url}`]),
    ...(command ? ['', command] : []),
    '',
  ].join('\n')
}
