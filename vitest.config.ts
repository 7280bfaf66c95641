import { defineConfig } from 'vitest/config'

const shared = {
  globalSetup: ['packages/db/src/testing/global-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
}
const project = (name: string, dir: string, extra = {}) => ({
  test: { name, include: [`${dir}/**/*.test.ts`], exclude: ['**/node_modules/**', '**/e2e/**'], ...extra },
})

/** One run, one summary. Projects that touch PostgreSQL share one embedded server, each file with its own databases. */
const major = process.env.TENANTRY_TEST_PG_MAJOR

export default defineConfig({
  test: {
    maxWorkers: 2,
    maxConcurrency: 3,
    reporters: ['default', ['json', { outputFile: `test-results/vitest${major ? `-${major}` : ''}.json` }]],
    projects: [
      project('contracts', 'packages/contracts'),
      project('db', 'packages/db', shared),
      project('core', 'packages/core', shared),
      project('api', 'packages/api', shared),
      project('worker', 'packages/worker', shared),
      project('server', 'apps/server', shared),
      project('examples', 'examples', shared),
      project('web', 'apps/web/src'),
      {
        test: {
          name: 'e2e',
          include: ['apps/web/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
