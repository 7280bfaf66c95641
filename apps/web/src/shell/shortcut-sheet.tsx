import { setSingleKeys, useActiveShortcuts, useSingleKeys } from '../keyboard/shortcuts.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { KeyHint } from '../ui/key-hint.tsx'

const groups = ['Anywhere', 'Go', 'List', 'Page'] as const

/** `?`: the shortcuts that work on this page, and the switch for single keys. */
export function ShortcutSheet(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const shortcuts = useActiveShortcuts()
  const singleKeys = useSingleKeys()
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="Keyboard shortcuts"
      description="Those that work on this page."
      width={560}
      footer={
        <div className="mr-auto flex items-center gap-2 text-12 text-ink-2">
          <Checkbox label="Shortcuts of a single key" checked={singleKeys} onChange={setSingleKeys} />
          Shortcuts of a single key
        </div>
      }
    >
      <div className="grid grid-cols-2 gap-x-8 gap-y-4 max-md:grid-cols-1">
        {groups.map((group) => {
          const listed = shortcuts.filter((shortcut) => shortcut.group === group)
          return (
            listed.length > 0 && (
              <section key={group}>
                <h3 className="mb-1 text-12 font-medium text-ink-3">{group}</h3>
                <dl>
                  {listed.map((shortcut) => (
                    <div key={shortcut.keys} className="flex h-7 items-center justify-between gap-4">
                      <dt>{shortcut.label}</dt>
                      <dd>
                        <KeyHint keys={shortcut.keys.split(/[ +]/)} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            )
          )
        })}
      </div>
    </Dialog>
  )
}
