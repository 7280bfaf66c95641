import { z } from 'zod'
import { defaultPlacement, type PlacementPolicy, placementPolicy } from './placement.ts'

/** Every setting with its shape and what holds until somebody chooses. */
export const settings = {
  /** Named on every screen, so that nobody mistakes one installation for another. */
  environment: {
    schema: z.object({ name: z.string().trim().min(1).max(40), production: z.boolean() }),
    default: { name: 'local', production: false },
  },
  /** How the cluster of a new tenant is chosen; set by a verb of its own. */
  placement: { schema: placementPolicy, default: defaultPlacement as PlacementPolicy },
} as const
export type SettingKey = keyof typeof settings

export const setSettingInput = z.discriminatedUnion('key', [
  z.object({ key: z.literal('environment'), value: settings.environment.schema }),
])
