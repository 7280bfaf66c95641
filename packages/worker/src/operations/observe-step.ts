import { withSpan } from '@tenantry/core'
import { type Meter, metered } from '@tenantry/db'
import type { StepContext } from '../steps/step.ts'

/** Runs a step, or its way back, in a span of its own, and counts into `meter` what it has of the clusters. */
export async function observeStep<Result>(
  { worker, claimed }: StepContext,
  name: string,
  direction: 'up' | 'down',
  meter: Meter,
  work: () => Promise<Result>,
): Promise<Result> {
  const attributes = { 'tenantry.step.name': name, 'tenantry.step.direction': direction }
  return withSpan('tenantry.step', { attributes }, async (span) => {
    try {
      return await metered(meter, work)
    } finally {
      if (meter.lockWaitMs) worker.core.metrics?.locked(claimed.cluster.name, meter.lockWaitMs / 1000)
      span.setAttribute('tenantry.step.round_trips', meter.roundTrips)
    }
  })
}
