import { useNavigate } from '@tanstack/react-router'
import type { LiveEvent } from '@tenantry/contracts'
import { trpc } from '../../../api/trpc.ts'
import { useTopic } from '../../../live/use-live.ts'
import { useNoticeChoice } from './browser-notices.ts'
import { drawFavicon } from './draw-favicon.ts'
import { onceAcrossTabs } from './once-across-tabs.ts'
import { wantsNotice } from './wants-notice.ts'

/** Tells of what fires by notices of the browser: once an incident and epoch, however many tabs are open. */
export function useNotices(): void {
  const choice = useNoticeChoice()
  const utils = trpc.useUtils()
  const navigate = useNavigate()

  const tell = async (id: string) => {
    const incident = await utils.alerts.get.fetch({ id }, { staleTime: 0 })
    if (!wantsNotice(incident)) return
    await onceAcrossTabs(`${id}/${incident.epoch}`, () => {
      const notice = new Notification(incident.title, {
        body: incident.action,
        // A newer one of the same incident takes the place of the older.
        tag: id,
        icon: drawFavicon(1, incident.severity),
        requireInteraction: incident.severity === 'critical',
      })
      notice.onclick = () => {
        window.focus()
        void navigate({ to: '/alerts/$id', params: { id } })
        notice.close()
      }
    })
  }
  const onEvent = ({ kind, entityId, patch }: LiveEvent) => {
    if (kind !== 'incident.changed' || patch.state !== 'firing') return
    // What cannot be asked for now is told by the page itself, and by the channels.
    void tell(entityId).catch(() => {})
  }
  useTopic(choice === 'on' ? 'alerts' : undefined, { onEvent })
}
