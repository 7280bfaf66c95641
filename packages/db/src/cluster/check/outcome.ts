import type { ClusterCheck, ClusterCheckName } from '@tenantry/contracts'

/** The three answers that a check gives. */
export const ok = (check: ClusterCheckName, message: string): ClusterCheck => ({
  check,
  outcome: 'ok',
  message,
  mend: null,
})

export const warning = (check: ClusterCheckName, message: string, mend: string | null): ClusterCheck => ({
  check,
  outcome: 'warning',
  message,
  mend,
})

export const error = (check: ClusterCheckName, message: string, mend: string | null): ClusterCheck => ({
  check,
  outcome: 'error',
  message,
  mend,
})

/** `ALTER SYSTEM` for a setting that holds from the next start of the server on. */
export const atRestart = (setting: string, value: string) =>
  `ALTER SYSTEM SET ${setting} = ${value};\n-- then restart PostgreSQL`

/** `ALTER SYSTEM` for a setting that holds at once. */
export const atReload = (setting: string, value: string) =>
  `ALTER SYSTEM SET ${setting} = ${value};\nSELECT pg_reload_conf();`
