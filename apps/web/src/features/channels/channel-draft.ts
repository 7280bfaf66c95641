import { type ChannelKind, channelKinds, secretRefusal, setChannelInput } from '@tenantry/contracts'
import type { Channel } from './use-channels.ts'

/** A channel as it is in the form: everything is text. */
export interface ChannelDraft {
  readonly name: string
  readonly kind: ChannelKind
  readonly config: Readonly<Record<string, string>>
  readonly secret: string
}

export interface ConfigField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/** What each kind asks for, in the order of the form. */
export const configFields: Readonly<Record<ChannelKind, readonly ConfigField[]>> = {
  email: [
    { name: 'host', label: 'Mail server', hint: 'Such as smtp.example.org' },
    { name: 'port', label: 'Port' },
    {
      name: 'security',
      label: 'Encryption',
      options: [
        { value: 'starttls', label: 'STARTTLS, refused where it is not offered' },
        { value: 'tls', label: 'TLS from the first byte' },
        { value: 'none', label: 'None' },
      ],
    },
    { name: 'username', label: 'User name', hint: 'Empty: it signs in nowhere' },
    { name: 'from', label: 'From' },
    { name: 'to', label: 'To, besides whoever is on call', hint: 'Addresses parted by commas' },
  ],
  slack: [
    {
      name: 'mode',
      label: 'As',
      options: [
        { value: 'bot', label: 'A bot, which changes its message in place' },
        { value: 'webhook', label: 'An incoming webhook, which can only add' },
      ],
    },
    { name: 'channel', label: 'Channel', hint: '#db-alerts, or its id; of a bot' },
  ],
  pagerduty: [{ name: 'endpoint', label: 'Address' }],
  alertmanager: [
    { name: 'url', label: 'Address', hint: 'Such as http://alertmanager.example.org:9093' },
    { name: 'username', label: 'User name', hint: 'Empty: the secret is a bearer token' },
  ],
  opsgenie: [{ name: 'endpoint', label: 'Address', hint: 'https://api.eu.opsgenie.com in Europe' }],
  webhook: [{ name: 'url', label: 'Address', hint: 'Signed as Standard Webhooks say' }],
}

const beginning: Readonly<Record<ChannelKind, Readonly<Record<string, string>>>> = {
  email: { host: '', port: '587', security: 'starttls', username: '', from: '', to: '' },
  slack: { mode: 'bot', channel: '' },
  pagerduty: { endpoint: 'https://events.pagerduty.com/v2/enqueue' },
  alertmanager: { url: '', username: '' },
  opsgenie: { endpoint: 'https://api.opsgenie.com' },
  webhook: { url: '' },
}

export const newDraft = (kind: ChannelKind): ChannelDraft => ({
  name: channelKinds[kind].title,
  kind,
  config: beginning[kind],
  secret: '',
})

export function draftOf({ name, kind, config }: Channel): ChannelDraft {
  const said = Object.entries(config).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.join(', ') : String(value ?? ''),
  ])
  return { name, kind, config: { ...beginning[kind], ...Object.fromEntries(said) }, secret: '' }
}

/** The input that a draft is, and what is wrong with it by field: `name`, `secret`, `config.host`. */
export function inputOf(draft: ChannelDraft, before: Channel | undefined) {
  const { name, kind, config, secret } = draft
  const input = {
    ...(before ? { channelId: before.id, ifVersion: before.rowVersion } : {}),
    name,
    kind,
    config: {
      ...config,
      ...(kind === 'email'
        ? {
            port: Number(config.port),
            to: (config.to ?? '')
              .split(',')
              .map((address) => address.trim())
              .filter(Boolean),
          }
        : {}),
    },
    ...(secret ? { secret } : {}),
    enabled: before?.enabled ?? true,
  }
  const read = setChannelInput.safeParse(input)
  const faults: Record<string, string> = {}
  for (const { path, message } of read.error?.issues ?? []) {
    faults[path.slice(0, path[0] === 'config' ? 2 : 1).join('.')] ??= message
  }
  const kept = secret || (before?.hasSecret ? undefined : null)
  const missing = kept === undefined ? undefined : secretRefusal(kind, input.config, kept)
  if (missing) faults.secret ??= missing
  return { input, faults }
}

/** A signing secret of 32 random bytes. */
export function newSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}
