import type { ConsoleClient } from './console-client.ts'

const ended = ['succeeded', 'failed', 'cancelled']
const key = () => crypto.randomUUID()

// A provision whose slug begins with `doomed` fails while its seed is loaded; one that begins with `slow` takes its time,
// and one that begins with `stuck` does not end by itself.
const seed = `insert into reading (id) select 1 from pg_sleep(case when current_schema() like 't_slow%' then 2.5 when current_schema() like 't_stuck%' then 500 else 0 end);

insert into reading (id, note)
select 2, (1 / (case when current_schema() like 't_doomed%' then 0 else 1 end))::text;
`

/** Verbs that arrange what a test starts from, over the API. */
export function arrange(admin: ConsoleClient) {
  async function untilEnded(operationId: string) {
    for (;;) {
      const operation = await admin.query('operations.get', { id: operationId })
      if (ended.includes(operation.state)) return operation
    }
  }
  async function ask(slug: string, over: Record<string, unknown> = {}): Promise<string> {
    const [template] = await admin.query('templates.list', null)
    const made = await admin.mutate('tenants.provision', {
      idempotencyKey: key(),
      slug,
      displayName: `${slug.charAt(0).toUpperCase()}${slug.slice(1)} College`,
      templateId: template.id,
      ...over,
    })
    return made.operationId
  }
  return {
    untilEnded,
    /** Asks for a tenant and does not wait. */
    ask,
    /** A tenant whose provision has ended, well or not. */
    tenant: async (slug: string, over: Record<string, unknown> = {}) => untilEnded(await ask(slug, over)),
    /** A template of one table, ready. */
    template: async () => {
      const { operationId } = await admin.mutate('templates.publish', {
        idempotencyKey: key(),
        slug: 'trial',
        name: 'Trial',
        description: 'One table, for trying things out',
        migrations: [
          { version: 1, name: 'first', sql: 'create table reading (id bigint primary key, note text);\n' },
        ],
        seed,
      })
      await untilEnded(operationId)
    },
    /** Somebody with a role, who has chosen the password. */
    member: async (
      role: 'viewer' | 'operator' | 'admin',
      name: string,
      open: (credentials: { email: string; password: string }) => Promise<ConsoleClient>,
    ) => {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.edu`
      const { password } = await admin.mutate('members.add', { email, name, role })
      const client = await open({ email, password })
      const own = `${password} and more`
      await client.mutate('session.changePassword', { current: password, next: own })
      await client.signIn({ email, password: own })
      return client
    },
  }
}
