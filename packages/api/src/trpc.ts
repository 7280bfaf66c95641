import { type AuditAction, type Permission, permissions, TenantryError } from '@tenantry/contracts'
import {
  type Actor,
  auditAttempt,
  authorize,
  type CoreContext,
  markFailed,
  runVerb,
  type Verb,
  withSpan,
} from '@tenantry/core'
import { initTRPC, TRPCError } from '@trpc/server'
import type { z } from 'zod'
import { requireFreshPassword } from './auth/confirm-own-password.ts'
import { actorOf, type RequestContext, type SignedIn } from './context.ts'
import { isStorable } from './http/storable.ts'
import { refusalOf, toReply } from './http/wire-error.ts'

export interface Meta {
  /** `public`: without a session; `self`: everybody who is signed in, about themselves. */
  readonly permission: Permission | 'public' | 'self'
  /** What a refusal is called in the audit log; null where there is nothing to refuse. */
  readonly action: AuditAction | null
}

const t = initTRPC
  .context<RequestContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ error, ctx, path }) => toReply(error, ctx?.requestId ?? 'unknown', path),
  })

interface Signed extends RequestContext {
  readonly person: SignedIn
  readonly actor: Actor
}

export const router = t.router

/** A span a call; a refusal marks it with its code. */
const traced = t.middleware(({ path, type, next }) =>
  withSpan(
    `tenantry.${type}`,
    { attributes: { 'rpc.system.name': 'trpc', 'rpc.method': path } },
    async (span) => {
      const result = await next()
      if (!result.ok) markFailed(span, refusalOf(result.error).code)
      return result
    },
  ),
)
const procedure = t.procedure.use(traced)

/** Text that PostgreSQL cannot keep is refused before anything looks at it. */
const storable = t.middleware(async ({ getRawInput, next }) => {
  if (!isStorable(await getRawInput())) {
    const cause = new TenantryError(
      'invalid_input',
      'The input holds a character that cannot be kept (NUL or half a pair).',
      { action: 'Remove it and try again.' },
    )
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
  return next()
})

/** Authentication: who asks. */
const authenticated = t.middleware(async ({ ctx, next }) => {
  const person = await ctx.signedIn()
  if (!person) {
    throw new TenantryError('unauthenticated', 'You are not signed in, or your session has ended.', {
      action: 'Sign in.',
    })
  }
  return next({ ctx: { person, actor: actorOf(ctx, person) } })
})

/** Role and permission; a refusal is written to the audit log. */
const authorized = (permission: Permission, action: AuditAction) =>
  authenticated.unstable_pipe(async ({ ctx, next, type }) => {
    if (ctx.person.mustChangePassword) {
      const errorCode = 'password_change_required'
      if (type === 'mutation') {
        await auditAttempt(ctx.door.core, ctx.actor, { action, outcome: 'denied', errorCode })
      }
      throw new TenantryError(errorCode, 'Your password must be changed before anything else.', {
        action: 'Choose a password of your own.',
      })
    }
    await authorize(ctx.door.core, ctx.actor, action, permission)
    return next()
  })

/** An input that a command refuses is an attempt that failed. What the verb refuses, the verb audits. */
const auditedInput = (action: AuditAction) =>
  authenticated.unstable_pipe(async ({ ctx, next }) => {
    const result = await next()
    if (!result.ok && result.error.code === 'BAD_REQUEST') {
      const entry = { action, outcome: 'failed', errorCode: 'invalid_input' } as const
      await auditAttempt(ctx.door.core, ctx.actor, entry)
    }
    return result
  })

/** What cannot be taken back lightly wants the password once more; a refusal is written to the audit log. */
async function confirmed({ door, person, actor }: Signed, action: AuditAction): Promise<void> {
  try {
    requireFreshPassword(door, person)
  } catch (refusal) {
    await auditAttempt(door.core, actor, { action, outcome: 'denied', errorCode: 'password_required' })
    throw refusal
  }
}

/** For whoever comes, signed in or not. */
export const open = procedure.meta({ permission: 'public', action: null }).use(storable)

/** A question of everybody who is signed in, about themselves, also while their password must be changed. */
export const own = procedure.meta({ permission: 'self', action: null }).use(authenticated).use(storable)

/** A change that everybody who is signed in makes of what is theirs. */
export const ownCommand = (action: AuditAction) =>
  procedure.meta({ permission: 'self', action }).use(authenticated).use(auditedInput(action)).use(storable)

/** A question: authentication → role → permission → input. */
export const question = (permission: Permission & AuditAction) =>
  procedure
    .meta({ permission, action: permission })
    .use(authenticated)
    .use(authorized(permission, permission))
    .use(storable)

/** Several requests for the same change in one call, each done or refused for itself. */
export function commands<Input extends z.ZodType, Result>(
  { permission, action }: Pick<Verb<Input, unknown>, 'permission' | 'action'>,
  input: Input,
  run: (ctx: { core: CoreContext; actor: Actor }, input: z.output<Input>) => Promise<Result>,
) {
  return guarded({ permission, action })
    .input(input)
    .mutation(({ ctx, input: asked }) =>
      run({ core: ctx.door.core, actor: ctx.actor }, asked as z.output<Input>),
    )
}

/** A change: authentication → role → permission → input → fresh password where it is severe → verb → audit. */
export function command<Input extends z.ZodType, Result, Found>(verb: Verb<Input, Result, Found>) {
  return guarded(verb)
    .input(verb.input)
    .mutation(async ({ ctx, input: parsed }) => {
      const input = parsed as z.output<Input>
      if (verb.severe?.(input)) await confirmed(ctx, verb.action)
      return runVerb(ctx.door.core, ctx.actor, verb, input)
    })
}

function guarded({ permission, action }: Pick<Verb<z.ZodType, unknown>, 'permission' | 'action'>) {
  if (!permission || !(permission in permissions))
    throw new Error(`${action} is no command: it has no permission`)
  return procedure
    .meta({ permission, action })
    .use(authenticated)
    .use(authorized(permission, action))
    .use(auditedInput(action))
    .use(storable)
}
