import type { Arena } from './start-arena.ts'

/** Functions of the cluster with one line taken out: proof that a run sees what that line is there for. */
const edits: Readonly<Record<string, readonly (readonly [name: string, line: string, instead: string])[]>> = {
  /** Nobody looks up what has been done, and doing it again is no error. */
  ledger: [
    [
      'begin_op',
      'RETURN NOT EXISTS (SELECT FROM tenantry.ledger WHERE operation_id = p_operation AND step = p_step);',
      'RETURN true;',
    ],
    [
      'enter_step',
      'RETURN NOT EXISTS (SELECT FROM tenantry.ledger WHERE operation_id = p_operation AND step = p_step);',
      'RETURN true;',
    ],
    [
      'record_step',
      'VALUES (p_operation, p_step, p_tenant, p_fence, p_result);',
      'VALUES (p_operation, p_step, p_tenant, p_fence, p_result) ON CONFLICT DO NOTHING;',
    ],
  ],
  /** Whoever lost the tenant to a newer attempt goes on all the same. */
  fence: [
    ['lock_lane', 'p_fence IS NULL OR p_fence < v_lane.fence', 'false'],
    ['begin_op', 'p_fence IS DISTINCT FROM v_lane.fence OR p_fence <= v_lane.undone_fence', 'false'],
  ],
}

export const sabotageNames = Object.keys(edits)

/** Takes one protection away. @throws when the line is not where it was */
export async function sabotage(arena: Arena, name: string): Promise<void> {
  for (const [fn, line, instead] of edits[name] ?? []) {
    const [before] = await arena.ask<{ text: string }>(
      arena.cluster,
      'select pg_get_functiondef($1::regproc) as text',
      [`tenantry.${fn}`],
    )
    if (!before?.text.includes(line)) throw new Error(`tenantry.${fn} no longer says: ${line}`)
    await arena.ask(arena.cluster, before.text.replace(line, instead))
  }
}
