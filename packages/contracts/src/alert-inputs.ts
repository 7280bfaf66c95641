import { z } from 'zod'
import { alertRule } from './alert-rule.ts'
import { alertRuleId, incidentId, silenceId } from './identifiers.ts'
import { acknowledgeSeconds } from './incident.ts'
import { matcher } from './silence.ts'

/** A whole rule: a new one, or what one is to be from now on, if nobody has changed it since `ifVersion`. */
export const setRuleInput = alertRule
  .extend({ ruleId: alertRuleId.optional(), ifVersion: z.number().int().positive().optional() })
  .refine(({ ruleId, ifVersion }) => (ruleId === undefined) === (ifVersion === undefined), {
    path: ['ifVersion'],
    message: 'A change names the rule and the version that was looked at; a new rule neither',
  })
export type SetRuleInput = z.input<typeof setRuleInput>

export const removeRuleInput = z.object({ ruleId: alertRuleId, ifVersion: z.number().int().positive() })

/** A rule as it is in the form, saved or not, over the last so many hours. */
export const previewRuleInput = z.object({
  rule: alertRule,
  hours: z
    .number()
    .int()
    .min(1)
    .max(30 * 24)
    .default(7 * 24),
})

export const acknowledgeIncidentInput = z.object({
  incidentId,
  /** Then it is nobody’s again. */
  seconds: z.number().int().min(60).max(acknowledgeSeconds.most).default(acknowledgeSeconds.default),
})
export const releaseIncidentInput = z.object({ incidentId })
export const noteIncidentInput = z.object({
  incidentId,
  text: z.string().trim().min(1, 'Write something').max(2000),
})

export const endSilenceInput = z.object({ silenceId, ifVersion: z.number().int().positive() })
export const previewSilenceInput = z.object({ matchers: z.array(matcher).max(20) })
