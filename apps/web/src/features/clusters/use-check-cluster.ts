import type { ClusterReport } from '@tenantry/contracts'
import { useEffect, useState } from 'react'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { clustersKey } from './use-clusters.ts'

/** Milliseconds between two answers that come into view. */
const stepMs = 70

/** Looks at a database, check by check; the answers come into view one after the other. */
export function useCheckCluster() {
  const invalidateSoon = useInvalidateSoon()
  const { mutate, data, variables, error, isPending, reset } = trpc.clusters.check.useMutation({
    onSuccess: () => invalidateSoon(clustersKey),
  })
  const shown = useReveal(data)
  return {
    check: mutate,
    /** What was looked at. */
    asked: variables,
    report: data,
    /** How many answers are in view. */
    shown,
    isPending,
    error,
    reset,
  }
}

function useReveal(report: ClusterReport | undefined): number {
  const [shown, setShown] = useState(0)
  const total = report?.checks.length ?? 0
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    setShown(still ? total : Math.min(1, total))
    if (still || total < 2) return
    const timer = setInterval(() => setShown((now) => Math.min(total, now + 1)), stepMs)
    return () => clearInterval(timer)
  }, [total, report])
  return shown
}
