import { endSessions } from './access/sessions.ts'
import { onLane } from './on-lane.ts'
import type { Step } from './step.ts'
import { tenantOf } from './tenant-of.ts'

/** Opens or closes the tenant to its product, as its state in the registry says; logins first when it is closed. */
export const setAccess: Step = {
  name: 'access',
  async up(context) {
    const isOpen = tenantOf(context.claimed).state === 'active'
    const set = (what: 'usage' | 'logins') =>
      onLane<boolean>(context, `tenantry.set_tenant_${what}($1, $2, $3, $5, $6, $7)`, [what, false, isOpen])
    await set(isOpen ? 'usage' : 'logins')
    await set(isOpen ? 'logins' : 'usage')
    if (!isOpen) await endSessions.up(context)
    context.journal.log('info', isOpen ? 'The product gets in' : 'Nobody of the tenant gets in')
    return { open: isOpen }
  },
}
