import type { StateLook } from '../../ui/state-tones.ts'
import type { PoolRow } from './use-pool.ts'

/** How a pool stands, as one word with its tone. */
export function poolLook(row: PoolRow): StateLook {
  if (row.wanted === 0) {
    const going = row.ready + row.building + row.stale + row.left
    return going > 0 ? { tone: 'running', word: 'Being emptied' } : { tone: 'off', word: 'No pool' }
  }
  if (!row.reachable) return { tone: 'failed', word: 'Cluster unreachable' }
  if (row.fault) return { tone: 'failed', word: 'Builds fail' }
  if (row.ready >= row.wanted) return { tone: 'ok', word: 'Full' }
  if (row.clusterState !== 'active') return { tone: 'off', word: `Not filled: ${row.clusterState}` }
  if (row.stale > 0) return { tone: 'running', word: 'Being rebuilt' }
  return { tone: 'running', word: row.ready === 0 ? 'Empty, being filled' : 'Being filled' }
}

/** "96 %", of the sign-ups that would take one; undefined while there were none. */
export function hitRatio({ asked, served }: Pick<PoolRow, 'asked' | 'served'>): string | undefined {
  return asked > 0 ? `${Math.floor((served / asked) * 100)} %` : undefined
}
