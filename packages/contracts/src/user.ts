import { z } from 'zod'
import { roles } from './permission.ts'

export const password = z
  .string()
  .min(12, 'A password has at least 12 characters')
  .max(200, 'A password has at most 200 characters')

export const signInInput = z.object({
  email: z.string().trim().toLowerCase().max(200),
  password: z.string().max(200),
})

/** The password once more, before a change that cannot be taken back lightly. */
export const confirmPasswordInput = z.object({ password: z.string().min(1, 'Type your password').max(200) })

export const changePasswordInput = z
  .object({ current: z.string().max(200), next: password })
  .refine((value) => value.current !== value.next, {
    path: ['next'],
    message: 'Choose a password that differs',
  })

export const addMemberInput = z.object({
  email: z.email().trim().toLowerCase().max(200),
  name: z.string().trim().min(1).max(120),
  role: z.enum(roles),
})

export const changeMemberInput = z.object({
  userId: z.string(),
  role: z.enum(roles).optional(),
  disabled: z.boolean().optional(),
})
