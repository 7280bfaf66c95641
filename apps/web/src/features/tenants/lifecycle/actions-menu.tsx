import { ChevronDown } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { actionWords, type LifecycleAction } from './action-words.ts'
import { useTenantActions } from './tenant-actions.tsx'

const groups: readonly (readonly LifecycleAction[])[] = [
  ['tenant.suspend', 'tenant.resume'],
  ['tenant.rename', 'tenant.transfer', 'tenant.rotate'],
  ['tenant.clone', 'tenant.move'],
  ['tenant.archive', 'tenant.restore', 'tenant.purge'],
]

/** Every action in its place; what is not possible now says why. */
export function ActionsMenu() {
  const { refusals, ask } = useTenantActions()
  return (
    <Menu
      trigger={
        <Button>
          Actions <Icon of={ChevronDown} size={12} />
        </Button>
      }
    >
      {groups.map((actions, i) => (
        <div key={actions[0]} className="w-76 max-w-[90vw]">
          {i > 0 && <MenuLine />}
          {actions.map((action) => (
            <MenuItem
              key={action}
              icon={actionWords[action].icon}
              disabledReason={refusals[action]}
              onSelect={() => ask(action)}
            >
              {actionWords[action].label}
            </MenuItem>
          ))}
        </div>
      ))}
    </Menu>
  )
}
