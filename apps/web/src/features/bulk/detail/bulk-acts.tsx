import { useNavigate } from '@tanstack/react-router'
import { bulkPermission, whyNotSteer } from '@tenantry/contracts'
import { Ban, Pause, Play, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { useOfferActions } from '../../../shell/palette-actions.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { bulkTitle, tenants, unhappyOf } from '../bulk-words.ts'
import type { Bulk } from '../use-bulk.ts'
import { useRetryBulk, useSteerBulk } from '../use-steer-bulk.ts'

/** Pause, resume, cancel: each with its reason when it is not possible now. */
export function SteerButtons({ bulk }: { bulk: Bulk }) {
  const [asking, setAsking] = useState(false)
  const { pause, resume, cancel, isPending } = useSteerBulk(bulk.id)
  const mayNot = usePermissionRefusal('bulk.run')
  const stale = useStaleRefusal()
  const refuse = (steering: 'bulk.pause' | 'bulk.resume' | 'bulk.cancel') =>
    mayNot ?? whyNotSteer(steering, bulk.state) ?? stale
  const left = bulk.counts.pending + bulk.counts.queued
  const isPaused = bulk.state === 'paused'
  useOfferActions([
    { id: 'pause', label: 'Pause it', icon: Pause, run: pause, disabledReason: refuse('bulk.pause') },
    { id: 'resume', label: 'Resume it', icon: Play, run: resume, disabledReason: refuse('bulk.resume') },
  ])
  return (
    <>
      {isPaused ? (
        <Button icon={Play} variant="primary" disabledReason={refuse('bulk.resume')} onClick={resume}>
          Resume
        </Button>
      ) : (
        <Button icon={Pause} disabledReason={refuse('bulk.pause')} onClick={pause}>
          Pause
        </Button>
      )}
      <Button icon={Ban} disabledReason={refuse('bulk.cancel')} onClick={() => setAsking(true)}>
        Cancel bulk operation
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Cancel: ${bulkTitle(bulk).toLowerCase()}`}
        act="Cancel bulk operation"
        keep="Let it run"
        danger
        busy={isPending}
        disabledReason={refuse('bulk.cancel')}
        onAct={() => cancel().finally(() => setAsking(false))}
      >
        <p className="text-ink-2">
          {formatCount(left)} that have not begun are given up. {formatCount(bulk.counts.running)} that run
          now end by themselves; what is done stays done.
        </p>
      </ConfirmDialog>
    </>
  )
}

/** Does again what failed, after one question, as a new bulk operation. */
export function RetryFailedButton(props: { bulk: Bulk; group?: string; count?: number; size?: 'sm' }) {
  const { bulk, group } = props
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const { retry, isPending } = useRetryBulk()
  const count = props.count ?? unhappyOf(bulk.counts) - bulk.wrongRows
  const mayRun = usePermissionRefusal('bulk.run')
  const mayRetry = usePermissionRefusal('operation.retry')
  const mayChild = usePermissionRefusal(bulkPermission[bulk.kind])
  const stale = useStaleRefusal()
  const refusal =
    mayRun ??
    mayRetry ??
    mayChild ??
    whyNotSteer('bulk.retry', bulk.state) ??
    (count > 0
      ? undefined
      : bulk.wrongRows
        ? 'These rows are wrong: mend them in the file and import it again.'
        : 'Nothing of it failed.') ??
    stale
  const act = async () => {
    const again = await retry({ bulkId: bulk.id, ...(group ? { group } : {}) }).catch(() => undefined)
    setAsking(false)
    if (again) await navigate({ to: '/bulks/$id', params: { id: again.bulkId } })
  }
  return (
    <>
      <Button
        icon={RotateCcw}
        size={props.size ?? 'md'}
        disabledReason={refusal}
        onClick={() => setAsking(true)}
      >
        Retry failed
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Retry ${tenants(count)}`}
        act={`Retry ${tenants(count)}`}
        keep="Leave them"
        busy={isPending}
        disabledReason={refusal}
        onAct={act}
      >
        <p className="text-ink-2">
          A new bulk operation does {group ? 'these' : 'what did not succeed'} again, and only that. What has
          been mended meanwhile is left out. This one stays as it is.
        </p>
      </ConfirmDialog>
    </>
  )
}
