import { addMemberInput } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { defineVerb } from '../run-verb.ts'
import { hashPassword, newPassword } from './password.ts'

/** Adds a member with a password that is shown once, in the reply, and must be changed at the first sign-in. */
export const addMember = defineVerb({
  action: 'member.add',
  permission: 'member.write',
  input: addMemberInput,
  async run({ tx, audit }, { email, name, role }) {
    const id = newId('us')
    const password = newPassword()
    await tx.insert(user).values({ id, email, name, role, passwordHash: await hashPassword(password) })
    audit({ target: { kind: 'user', id }, after: { email, name, role } })
    return { id, email, name, role, password }
  },
})
