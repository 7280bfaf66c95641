import { z } from 'zod'

const texts = z.record(z.string(), z.string()).default({})

/** What an Alertmanager sends to a webhook: version 4, as its manual says; unknown fields are left alone. */
export const alertmanagerPayload = z.object({
  version: z.literal('4'),
  groupKey: z.string().min(1).max(4000),
  truncatedAlerts: z.number().int().nonnegative().default(0),
  status: z.enum(['firing', 'resolved']),
  receiver: z.string().max(500).default(''),
  groupLabels: texts,
  commonLabels: texts,
  commonAnnotations: texts,
  externalURL: z.string().max(2000).default(''),
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels: texts,
        annotations: texts,
        startsAt: z.iso.datetime({ offset: true }),
        endsAt: z.string().default(''),
        generatorURL: z.string().default(''),
        fingerprint: z.string().min(1).max(200),
      }),
    )
    .max(10_000),
})
export type AlertmanagerPayload = z.output<typeof alertmanagerPayload>
