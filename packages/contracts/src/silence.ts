import { z } from 'zod'
import { idempotencyKey } from './tenant.ts'

/** What a silence can look at: facts of an alert, or `label:<key>` of its tenant or cluster. */
export const matcherFacts = ['rule', 'severity', 'cluster', 'tenant', 'metric'] as const

export const matcher = z.object({
  fact: z
    .string()
    .regex(/^(rule|severity|cluster|tenant|metric|label:[a-z0-9][a-z0-9_.-]{0,62})$/, 'No such fact'),
  operator: z.enum(['is', 'is not']),
  /** Any of them. Rules, clusters and tenants by id. */
  values: z.array(z.string().min(1).max(100)).min(1).max(50),
})
export type Matcher = z.infer<typeof matcher>

export const silenceKinds = ['silence', 'maintenance'] as const
export type SilenceKind = (typeof silenceKinds)[number]

export const longestSilenceDays = 31

/** Alerts that match all of it are kept and shown, and nobody is called. Never for ever. */
export const addSilenceInput = z
  .object({
    idempotencyKey,
    kind: z.enum(silenceKinds).default('silence'),
    matchers: z.array(matcher).min(1, 'A silence of everything is not possible: choose what').max(20),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    comment: z.string().trim().min(3, 'Say why, in a few words').max(500),
  })
  .refine((s) => Date.parse(s.endsAt) > Date.parse(s.startsAt), {
    path: ['endsAt'],
    message: 'It ends before it begins',
  })
  .refine((s) => Date.parse(s.endsAt) - Date.parse(s.startsAt) <= longestSilenceDays * 86_400_000, {
    path: ['endsAt'],
    message: `A silence lasts at most ${longestSilenceDays} days`,
  })
