/** 1-based line and column, the column in characters. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** The place of an offset that is counted in UTF-16 units. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1 }
}

/** PostgreSQL counts characters, JavaScript UTF-16 units. */
export function codePointsToUnits(text: string, codePoints: number): number {
  let units = 0
  let left = codePoints
  for (const character of text) {
    if (left-- <= 0) break
    units += character.length
  }
  return units
}
