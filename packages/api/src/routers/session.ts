import { changePasswordInput, permissionsOfRole, signInInput } from '@tenantry/contracts'
import { changePassword, runVerb } from '@tenantry/core'
import { getSettings } from '@tenantry/db/queries'
import { signIn, signOut } from '../auth/sign-in.ts'
import { open, own, router } from '../trpc.ts'

export const sessionRouter = router({
  me: own().query(async ({ ctx }) => ({
    user: {
      id: ctx.person.userId,
      email: ctx.person.email,
      name: ctx.person.name,
      role: ctx.person.role,
    },
    permissions: [...permissionsOfRole[ctx.person.role]],
    mustChangePassword: ctx.person.mustChangePassword,
    expiresAt: ctx.person.expiresAt.toISOString(),
    environment: (await getSettings(ctx.door.core.db)).environment,
    build: ctx.door.config.build,
  })),
  signIn: open.input(signInInput).mutation(({ ctx, input }) => signIn(ctx, input)),
  signOut: own('session.sign-out').mutation(({ ctx }) => signOut(ctx, ctx.actor)),
  changePassword: own('password.change')
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => runVerb(ctx.door.core, ctx.actor, changePassword, input)),
})
