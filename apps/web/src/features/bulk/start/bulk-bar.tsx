import { type BulkAction, type BulkTarget, bulkPermission } from '@tenantry/contracts'
import { Ellipsis, Tags } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { permissionRefusal, useViewer } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { barActions, bulkWords, menuActions } from '../bulk-words.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { LabelDialog } from './label-dialog.tsx'

/** What can be done with a selection: the frequent acts as buttons, the others in a menu. */
export function BulkBar({ target }: { target: BulkTarget }) {
  const [asking, setAsking] = useState<BulkAction | 'label'>()
  const { role } = useViewer()
  const stale = useStaleRefusal()
  const refuse = (kind: BulkAction) =>
    permissionRefusal(role, 'bulk.run') ?? permissionRefusal(role, bulkPermission[kind]) ?? stale
  const close = () => setAsking(undefined)
  return (
    <>
      {barActions.map((kind) => (
        <Button
          key={kind}
          size="sm"
          icon={bulkWords[kind].icon}
          disabledReason={refuse(kind)}
          onClick={() => setAsking(kind)}
        >
          {bulkWords[kind].verb}…
        </Button>
      ))}
      <Button
        size="sm"
        icon={Tags}
        disabledReason={
          permissionRefusal(role, 'bulk.run') ?? permissionRefusal(role, 'tenant.annotate') ?? stale
        }
        onClick={() => setAsking('label')}
      >
        Label…
      </Button>
      <Menu
        trigger={
          <Button size="sm" icon={Ellipsis}>
            More
          </Button>
        }
      >
        {menuActions.map((kind) => (
          <MenuItem
            key={kind}
            icon={bulkWords[kind].icon}
            disabledReason={refuse(kind)}
            onSelect={() => setAsking(kind)}
          >
            {bulkWords[kind].verb}…
          </MenuItem>
        ))}
      </Menu>
      {asking === 'label' && <LabelDialog target={target} onClose={close} />}
      {asking && asking !== 'label' && <BulkDialog kind={asking} target={target} onClose={close} />}
    </>
  )
}
