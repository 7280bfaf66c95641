/** An error for the log: every cause with its code and where it came from, without the values that a query carried. */
export function describeFault(error: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = []
  for (let fault = error; fault instanceof Error && chain.length < 8; fault = fault.cause) {
    const { code, query } = fault as { code?: unknown; query?: unknown }
    chain.push({
      type: fault.name,
      message: typeof query === 'string' ? `Failed query: ${query}` : fault.message,
      ...(code === undefined ? {} : { code }),
      at: fault.stack
        ?.split('\n')
        .filter((line) => line.startsWith('    at '))
        .slice(0, 6)
        .map((line) => line.trim().slice(3)),
    })
  }
  return chain
}
