import { onLane } from './on-lane.ts'
import type { Step } from './step.ts'

/**
 * Issues new credentials from the verifier in the operation's input; those before stay valid for the overlap. Issued is
 * issued: the way back is another rotation.
 */
export const issueCredentials: Step = {
  name: 'credentials',
  async up(context) {
    const { verifier, overlapUntil } = context.claimed.operation.input
    const role = await onLane<string>(context, 'tenantry.issue_credentials($1, $2, $3, $5, $6)', [
      verifier,
      overlapUntil,
    ])
    context.found.role = role
    context.journal.log(
      'info',
      `${role} logs in with the new password; the one before it until ${overlapUntil}`,
    )
    return { role, overlapUntil }
  },
}
