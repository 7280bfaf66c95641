import { BellOff, BellRing } from 'lucide-react'
import { MenuItem } from '../../../ui/menu.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { chooseNotices, useNoticeChoice } from './browser-notices.ts'

/** In the menu of the person: whether this browser tells of what fires. The permission is asked for by the press. */
export function NoticeItem() {
  const choice = useNoticeChoice()
  if (choice === 'on') {
    return (
      <MenuItem icon={BellOff} onSelect={() => void chooseNotices(false)}>
        Stop notices of this browser
      </MenuItem>
    )
  }
  const why = {
    refused: 'This browser refuses notices from here: allow them in its settings of the site.',
    unable: 'This browser has no notices.',
    off: undefined,
  }[choice]
  const turnOn = () =>
    void chooseNotices(true).then((now) => now === 'on' && toastDone('This browser tells of what fires'))
  return (
    <MenuItem icon={BellRing} onSelect={turnOn} {...(why ? { disabledReason: why } : {})}>
      Tell me of alerts in this browser
    </MenuItem>
  )
}
