import { z } from 'zod'
import { defaultPlacement, type PlacementPolicy, placementPolicy } from './placement.ts'

const days = (least: number, most: number) => z.number().int().min(least).max(most)

/** For how long measurements are kept: each of them, their hours, their days. */
export const history = z
  .object({ rawDays: days(1, 31), hourlyDays: days(7, 1100), dailyDays: days(30, 36_500) })
  .refine(({ rawDays, hourlyDays, dailyDays }) => rawDays <= hourlyDays && hourlyDays <= dailyDays, {
    message: 'Coarser history is kept at least as long as finer',
  })

/** Every setting with its shape and what holds until somebody chooses. */
export const settings = {
  /** Named on every screen, so that nobody mistakes one installation for another. */
  environment: {
    schema: z.object({ name: z.string().trim().min(1).max(40), production: z.boolean() }),
    default: { name: 'local', production: false },
  },
  /** How the cluster of a new tenant is chosen; set by a verb of its own. */
  placement: { schema: placementPolicy, default: defaultPlacement as PlacementPolicy },
  history: { schema: history, default: { rawDays: 3, hourlyDays: 90, dailyDays: 1830 } },
} as const
export type SettingKey = keyof typeof settings

export const setSettingInput = z.discriminatedUnion('key', [
  z.object({ key: z.literal('environment'), value: settings.environment.schema }),
  z.object({ key: z.literal('history'), value: history }),
])
