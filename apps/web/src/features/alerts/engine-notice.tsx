import { describeSeconds } from '@tenantry/contracts'
import { Banner } from '../../ui/banner.tsx'
import { useAlertEngine } from './use-alerts.ts'

/** Over the page when nobody evaluates the rules: that nothing fires then means nothing. */
export function EngineNotice() {
  const { data } = useAlertEngine()
  if (!data?.isLate) return null
  return (
    <Banner flush tone="warn">
      {data.ageSeconds === null
        ? 'Rules have not been evaluated yet.'
        : `Rules were last evaluated ${describeSeconds(data.ageSeconds)} ago.`}{' '}
      What has begun since is not shown, and nobody is called for it. A worker or API process does it: see
      that one runs.
    </Banner>
  )
}
