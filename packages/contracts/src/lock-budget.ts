/** What the smallest usual server has: 64 locks for each of 100 connections. */
const smallest = 64 * 100

/**
 * How many locks one transaction of Tenantry may take: a quarter of the server's lock table, parted among the operations
 * that run on the cluster at once. The rest is for the product, whose queries fail when the table is full.
 * @param maxLocks locks in the server's table; the smallest usual server's when not known yet
 * @param concurrency operations at once
 */
export function lockBudget(maxLocks: number | undefined, concurrency: number): number {
  return Math.max(50, Math.floor((maxLocks ?? smallest) / 4 / Math.max(1, concurrency)))
}
