import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  alertMachine,
  bulkMachine,
  clusterMachine,
  incidentMachine,
  operationMachine,
  type StateMachine,
  spareMachine,
  startsOf,
  tenantMachine,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { openClient } from '../open-client.ts'
import { machineState, machineTransition } from '../schema/index.ts'

const folder = fileURLToPath(new URL('../../', import.meta.url))

/** In this order: what later files use comes first. */
const controlFunctions = [
  'iso',
  'enforce_transition',
  'raise_row_version',
  'emit_tenant_event',
  'emit_operation_event',
  'emit_step_event',
  'emit_log_event',
  'emit_audit_event',
  'emit_sample_event',
  'emit_bulk_event',
  'emit_cluster_event',
  'emit_finding_event',
  'emit_reconciliation_event',
  'emit_pool_event',
  'emit_quota_event',
  'emit_spare_event',
  'emit_alerting_events',
  'emit_template_event',
  'keep_ready_version',
  'refuse_busy_tenant',
  'refuse_detached_cluster',
  'create_cluster_queue',
  'relay_events',
  'audit_digest',
  'chain_audit',
  'refuse_audit_change',
  'verify_audit',
  'claim_operation',
  'pool_state',
  'samples',
  'effective_quota',
  'roll_up_samples',
  'metric_history',
  'record_usage',
  'claim_evaluation',
  'alert_matches',
  'firing_alerts',
  'quiet_alerts',
  'grants',
] as const

/**
 * Brings the control database to this release: tables by Drizzle's migrations, then functions, state machines and
 * grants, all re-appliable. Safe to run from several processes at once.
 * @param ownerUrl connection string of the role that owns the database
 */
export async function migrateControl(ownerUrl: string): Promise<void> {
  const client = await openClient(ownerUrl, 'tenantry migrate')
  try {
    await client.query("select pg_advisory_lock(hashtext('tenantry.migrate'))")
    await createRuntimeRole(client)
    // Tenants' roles belong to the server: none of them may so much as look in here.
    await client.query(`
      do $$ begin
        execute format('revoke connect, temporary on database %I from public', current_database());
        execute format('grant connect on database %I to tenantry_runtime', current_database());
      end $$`)
    const db = drizzle(client)
    await migrate(db, { migrationsFolder: `${folder}migrations`, migrationsSchema: 'control_migrations' })
    await db.transaction(async (tx) => {
      for (const name of controlFunctions) {
        await tx.execute(sql.raw(readFileSync(`${folder}sql/control/${name}.sql`, 'utf8')))
      }
      await seedMachine(tx, tenantMachine)
      await seedMachine(tx, operationMachine)
      await seedMachine(tx, spareMachine)
      await seedMachine(tx, bulkMachine)
      await seedMachine(tx, clusterMachine)
      await seedMachine(tx, incidentMachine)
      await seedMachine(tx, alertMachine)
    })
  } finally {
    await client.end()
  }
}

/** Roles belong to the whole server, so a neighbour may make it between the look and the leap. */
async function createRuntimeRole(client: pg.Client): Promise<void> {
  await client.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'tenantry_runtime') then
        create role tenantry_runtime nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`)
  await client.query(`
    do $$ begin
      -- From 16 on membership alone does not let a role act as another: whoever makes a role must give itself SET.
      if current_setting('server_version_num')::int >= 160000 then
        if not pg_has_role(current_user, 'tenantry_runtime', 'SET') then
          execute format('grant tenantry_runtime to %I with set true, inherit true', current_user);
        end if;
      elsif not pg_has_role(current_user, 'tenantry_runtime', 'member') then
        execute format('grant tenantry_runtime to %I', current_user);
      end if;
    end $$`)
}

async function seedMachine<S extends string>(tx: NodePgDatabase, machine: StateMachine<S>): Promise<void> {
  await tx.delete(machineState).where(sql`${machineState.noun} = ${machine.noun}`)
  await tx.delete(machineTransition).where(sql`${machineTransition.noun} = ${machine.noun}`)
  await tx.insert(machineState).values(
    (Object.entries(machine.states) as [S, string][]).map(([state, description]) => ({
      noun: machine.noun,
      state,
      description,
      initial: startsOf(machine).includes(state),
      final: machine.final.includes(state),
    })),
  )
  await tx
    .insert(machineTransition)
    .values(machine.transitions.map(({ from, to, cause }) => ({ noun: machine.noun, from, to, cause })))
}
