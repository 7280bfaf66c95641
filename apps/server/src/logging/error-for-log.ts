/** Integrity violations and check options quote the row or its key in their detail; the constraint's name says enough. */
const quotesRows = /^(23|44)/

const parameters = /\nparams: [\s\S]*$/

/** An error with its causes, as the log may keep it: without a query's parameters and without rows. */
export function errorForLog(error: unknown): unknown {
  if (typeof error === 'string') return error.replace(parameters, '')
  if (!(error instanceof Error)) return error
  const { code, detail, constraint } = error as { code?: string; detail?: unknown; constraint?: string }
  const message = error.message.replace(parameters, '')
  return {
    type: error.name,
    message,
    // Parameters may hold lines that look like the stack's own, so the whole message goes first.
    stack: error.stack
      ?.replace(error.message, () => message)
      .replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, ''),
    ...(code ? { code } : {}),
    ...(constraint ? { constraint } : {}),
    ...(typeof detail === 'string' && !quotesRows.test(code ?? '') ? { detail } : {}),
    ...(error.cause ? { cause: errorForLog(error.cause) } : {}),
  }
}
