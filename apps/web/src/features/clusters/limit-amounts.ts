import type { ClusterLimits } from '@tenantry/contracts'

/** How each limit is written: counts as they are, sizes in GB. */
export const limitScales: Readonly<Record<keyof ClusterLimits, number>> = {
  tenants: 1,
  relations: 1,
  databaseBytes: 1e9,
  catalogBytes: 1e9,
}

/** What was typed as an amount; nothing is no limit. */
export function readAmount(typed: string, scale: number): { amount: number | undefined } | { fault: string } {
  const text = typed.trim().replaceAll(',', '')
  if (text === '') return { amount: undefined }
  const amount = Math.round(Number(text) * scale)
  return Number.isSafeInteger(amount) && amount > 0
    ? { amount }
    : { fault: 'A number above 0, or nothing for no limit' }
}

/** A limit as it is typed. */
export const writeAmount = (amount: number | undefined, scale: number) =>
  amount === undefined ? '' : String(amount / scale)
