import {
  changePasswordInput,
  confirmPasswordInput,
  permissionsOfRole,
  signInInput,
} from '@tenantry/contracts'
import { getSettings } from '@tenantry/db/queries'
import { changeOwnPassword } from '../auth/change-own-password.ts'
import { confirmedUntil, confirmOwnPassword } from '../auth/confirm-own-password.ts'
import { signIn, signOut } from '../auth/sign-in.ts'
import { open, own, ownCommand, router } from '../trpc.ts'

export const sessionRouter = router({
  me: own.query(async ({ ctx }) => ({
    user: {
      id: ctx.person.userId,
      email: ctx.person.email,
      name: ctx.person.name,
      role: ctx.person.role,
    },
    permissions: [...permissionsOfRole[ctx.person.role]],
    mustChangePassword: ctx.person.mustChangePassword,
    expiresAt: ctx.person.expiresAt.toISOString(),
    /** Until then severe changes do not ask for the password. */
    confirmedUntil: confirmedUntil(ctx.door, ctx.person).toISOString(),
    environment: (await getSettings(ctx.door.core.db)).environment,
    build: ctx.door.config.build,
  })),
  signIn: open.input(signInInput).mutation(({ ctx, input }) => signIn(ctx, input)),
  signOut: ownCommand('session.sign-out').mutation(({ ctx }) => signOut(ctx, ctx.actor)),
  confirm: ownCommand('session.confirm')
    .input(confirmPasswordInput)
    .mutation(({ ctx, input }) => confirmOwnPassword(ctx, ctx.person, ctx.actor, input)),
  changePassword: ownCommand('password.change')
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changeOwnPassword(ctx, ctx.person, ctx.actor, input)),
})
