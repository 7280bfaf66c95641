import { z } from 'zod'
import { idempotencyKey } from './tenant.ts'

/** `ready` once its snapshot is built and proven by replay. */
export const templateStates = ['building', 'ready', 'failed'] as const
export type TemplateState = (typeof templateStates)[number]

export const migrationSource = z.object({
  /** The file's number: `0001`. */
  version: z.number().int().positive(),
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,99}$/i, 'A migration name holds letters, digits, _ and -'),
  sql: z.string().min(1).max(2_000_000),
})
export type MigrationSource = z.infer<typeof migrationSource>

export const publishTemplateInput = z.object({
  idempotencyKey,
  slug: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,47}$/, 'A template slug holds lowercase letters, digits and hyphens'),
  name: z.string().trim().min(1).max(120),
  description: z.string().max(1000).default(''),
  migrations: z
    .array(migrationSource)
    .min(1)
    .max(2000)
    .refine(
      (list) => list.every((entry, i) => i === 0 || entry.version > (list[i - 1]?.version ?? 0)),
      'Migrations are listed in rising order of version',
    ),
  seed: z.string().max(5_000_000).default(''),
})
export type PublishTemplateInput = z.input<typeof publishTemplateInput>
