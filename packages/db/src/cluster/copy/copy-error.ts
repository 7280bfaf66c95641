/** Rows that cannot be copied, or did not arrive as they were. Trying again gives the same. */
export class CopyError extends Error {
  override readonly name = 'CopyError'
  /** `TN012`: cannot be read whole. `TN013`: the copy is not what the source is. */
  readonly code: 'TN012' | 'TN013'
  /** What a person can do. */
  readonly action: string

  constructor(code: 'TN012' | 'TN013', message: string, action: string) {
    super(message)
    this.code = code
    this.action = action
  }
}
