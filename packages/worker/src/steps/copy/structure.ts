import {
  CopyError,
  dumpStructure,
  openFingerprint,
  renderSnapshot,
  runInParts,
  ScriptError,
  structuralDifferences,
  structureOf,
} from '@tenantry/db/cluster'
import { closeGuardedScripts, guardedScripts } from '../guarded-scripts.ts'
import { lockBudgetOf } from '../lock-budget.ts'
import type { Step, StepContext } from '../step.ts'
import { laneOf } from '../tenant-of.ts'
import { logIntoSource, sourceOf } from './source-of.ts'

/**
 * Makes every object of the source's schema again: by the template's snapshot while the source is what its template
 * says, else by the source's own DDL. What came of it is held against the source before any row is copied.
 */
export const structure: Step = {
  name: 'structure',
  async up(context) {
    const { claimed, journal } = context
    const script = await scriptFor(context)
    const session = await guardedScripts(context)
    const { outcome, parts } = await runInParts({
      session,
      pool: context.worker.clusters.pool(claimed.cluster),
      operationId: claimed.operation.id,
      step: 'structure',
      script: script.sql,
      budget: lockBudgetOf(context),
    }).catch((error) => {
      throw script.from === 'dump' ? asOfTheDump(error) : error
    })
    await closeGuardedScripts(context)
    await requireEqual(context)
    const from =
      script.from === 'snapshot'
        ? `the snapshot of ${claimed.template?.name} version ${claimed.templateVersion?.version}`
        : 'the source’s own definitions, which are not its template’s'
    journal.log('sql', `Built from ${from}${outcome === 'already' ? ' (done before)' : ''}`)
    if (parts > 1) journal.log('info', `In ${parts} transactions, so that no one takes too many locks`)
    return { from: script.from }
  },
}

async function scriptFor(context: StepContext): Promise<{ from: 'snapshot' | 'dump'; sql: string }> {
  const { worker, claimed } = context
  const source = sourceOf(claimed)
  const lane = laneOf(claimed)
  const names = { schema: lane.schemaName, ...lane.roles }
  const version = claimed.templateVersion
  const is = openFingerprint(
    await structureOf(worker.clusters.pool(source.cluster), source.names.schema),
    await structureOf(worker.clusters.pool(claimed.cluster), lane.schemaName),
  )
  if (version?.snapshot && version.placeholders && version.fingerprint === is) {
    const { snapshot: sql, placeholders } = version
    return { from: 'snapshot', sql: renderSnapshot({ sql, placeholders }, names) }
  }
  const session = await logIntoSource(context)
  try {
    return { from: 'dump', sql: await dumpStructure(session.login, source.names, names) }
  } finally {
    await session.close()
  }
}

/** @throws {CopyError} TN013 which says what differs */
export async function requireEqual({ worker, claimed }: StepContext): Promise<void> {
  const source = sourceOf(claimed)
  const differences = structuralDifferences(
    await structureOf(worker.clusters.pool(source.cluster), source.names.schema),
    await structureOf(worker.clusters.pool(claimed.cluster), laneOf(claimed).schemaName),
  )
  if (!differences.length) return
  const majors = [source.cluster, claimed.cluster].map(({ serverVersion }) => serverVersion?.split('.')[0])
  const [first, ...others] = differences
  throw new CopyError(
    'TN013',
    `the copy is not what ${source.slug} is: ${first}${others.length ? `, and ${others.length} more (${others.slice(0, 9).join(', ')})` : ''}`,
    majors[0] === majors[1]
      ? 'Bring these objects of the source back to what a migration can make, then retry.'
      : 'The clusters run different majors of PostgreSQL, which tell some objects differently: choose a cluster of the same major.',
  )
}

/** The script was made here, so nobody can mend it: say which object it is about. */
function asOfTheDump(error: unknown): unknown {
  if (!(error instanceof ScriptError) || /^(40|53|55P03|57)/.test(error.sqlstate)) return error
  return new CopyError(
    'TN013',
    `what the source’s schema consists of cannot be built by its owner: ${error.message}`,
    'Look which object of the source was made by somebody else than the tenant, and drop or mend it.',
  )
}
