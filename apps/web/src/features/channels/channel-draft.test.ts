import { channelKindNames, setChannelInput } from '@tenantry/contracts'
import { describe, expect, it } from 'vitest'
import { configFields, draftOf, inputOf, newDraft, newSigningSecret } from './channel-draft.ts'
import type { Channel } from './use-channels.ts'

const mail = (over: object = {}) => ({
  ...newDraft('email'),
  config: { ...newDraft('email').config, host: 'smtp.example.org', from: 'a@example.org', ...over },
})

describe('the form of a channel', () => {
  it.each(channelKindNames)('asks for everything that %s needs', (kind) => {
    const { config } = newDraft(kind)
    expect(configFields[kind].map(({ name }) => name).toSorted()).toEqual(Object.keys(config).toSorted())
  })

  it('makes numbers and lists of what is typed', () => {
    const { input, faults } = inputOf(mail({ port: '25', to: 'b@example.org, c@example.org' }), undefined)
    expect(faults).toEqual({})
    expect(input.config).toMatchObject({ port: 25, to: ['b@example.org', 'c@example.org'] })
  })

  it('says at which field something is wrong', () => {
    expect(Object.keys(inputOf(mail({ host: '', port: 'x' }), undefined).faults)).toEqual([
      'config.host',
      'config.port',
    ])
    expect(inputOf(newDraft('pagerduty'), undefined).faults.secret).toContain('missing')
  })

  it('keeps a secret that is not typed anew', () => {
    const before = { id: 'ch_1', rowVersion: 3, hasSecret: true, enabled: true, ...newDraft('pagerduty') }
    const { input, faults } = inputOf(draftOf(before as unknown as Channel), before as unknown as Channel)
    expect(faults.secret).toBeUndefined()
    expect('secret' in input).toBe(false)
  })

  it('makes signing secrets that the server takes', () => {
    const draft = { ...newDraft('webhook'), config: { url: 'https://a.example' }, secret: newSigningSecret() }
    const { input, faults } = inputOf(draft, undefined)
    expect(faults).toEqual({})
    expect(setChannelInput.safeParse(input).success).toBe(true)
  })
})
