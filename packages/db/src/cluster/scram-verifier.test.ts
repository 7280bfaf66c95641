import pg from 'pg'
import { expect, it } from 'vitest'
import { asAdmin, databaseUrl } from '../testing/create-test-database.ts'
import { asRole } from './install-cluster.ts'
import { scramVerifier } from './scram-verifier.ts'

it.each([1, 4096])(
  'makes a verifier with %i iterations by which PostgreSQL knows the secret',
  async (iterations) => {
    await asAdmin(
      `CREATE ROLE scram_${iterations} LOGIN PASSWORD '${scramVerifier('s3cret', { iterations })}'`,
    )
    const logIn = async (password: string) => {
      const client = new pg.Client({
        connectionString: asRole(databaseUrl('postgres'), `scram_${iterations}`, password),
      })
      await client.connect().finally(() => client.end())
    }
    await logIn('s3cret')
    await expect(logIn('s3cret2')).rejects.toThrow(/password authentication failed/)
    await asAdmin(`DROP ROLE scram_${iterations}`)
  },
)
