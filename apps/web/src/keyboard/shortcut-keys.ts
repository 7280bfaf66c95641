/** The parts of a KeyboardEvent that shortcuts look at. */
export interface Stroke {
  readonly key: string
  readonly metaKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * A stroke in the words of shortcuts: `j`, `?`, `mod+k`, `shift+x`, `enter`, `space`, `escape`, `up`. Shift is named with
 * letters only, since `?` and `/` already tell. `undefined` for a modifier alone or another combination.
 */
export function strokeName(stroke: Stroke): string | undefined {
  const { key, metaKey, ctrlKey, altKey, shiftKey } = stroke
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(key) || altKey) return undefined
  const names: Record<string, string> = { ' ': 'space', ArrowUp: 'up', ArrowDown: 'down' }
  const name = names[key] ?? key.toLowerCase()
  if (metaKey || ctrlKey) return `mod+${name}`
  return shiftKey && /^[a-z]$/.test(name) ? `shift+${name}` : name
}

/** Whether a shortcut is a single printable key, which WCAG 2.1.4 lets people turn off. */
export function isSingleKey(keys: string): boolean {
  return !keys.startsWith('mod+') && keys !== 'escape'
}

export type Match = { readonly run: string } | { readonly prefix: string } | undefined

/**
 * What a stroke means, given the prefix pressed before it (`g`) and the shortcuts there are: run one, wait for the second
 * key of a sequence, or nothing.
 */
export function matchStroke(prefix: string | undefined, stroke: string, all: readonly string[]): Match {
  const whole = prefix ? `${prefix} ${stroke}` : stroke
  if (all.includes(whole)) return { run: whole }
  if (all.some((keys) => keys.startsWith(`${whole} `))) return { prefix: whole }
  return prefix ? matchStroke(undefined, stroke, all) : undefined
}
