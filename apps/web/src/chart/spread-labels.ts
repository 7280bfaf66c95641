/** How far up an axis a value stands, 0–1. */
export function shareOf(value: number, bottom: number, top: number, isLog: boolean): number {
  const at = isLog ? Math.log10 : (v: number) => v
  const range = at(top) - at(bottom)
  return range === 0 ? 0 : (at(Math.max(value, isLog ? bottom : value)) - at(bottom)) / range
}

/** Heights of labels, pushed apart to at least `gap` px around where they belong, in their order. */
export function spreadLabels(labels: readonly { key: string; y: number }[], gap = 14): Map<string, number> {
  const sorted = [...labels].sort((a, b) => a.y - b.y)
  const placed: { key: string; y: number }[] = []
  for (const label of sorted) {
    const above = placed.at(-1)
    placed.push({ key: label.key, y: above ? Math.max(label.y, above.y + gap) : label.y })
  }
  // Pushing down only would move the last one far off: the whole group is centred on where it belongs.
  const shift =
    sorted.reduce((sum, label, i) => sum + label.y - (placed[i]?.y ?? 0), 0) / (sorted.length || 1)
  const crowded = placed.some((label, i) => label.y !== sorted[i]?.y)
  return new Map(placed.map(({ key, y }) => [key, crowded ? y + shift : y]))
}
