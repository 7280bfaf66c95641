import { HomeTaken } from './boot/lock-home.ts'

/** What stopped the start, in words a person can act on; the stack is for TENANTRY_LOG_LEVEL=debug. */
export function describeFault(error: unknown, debug: boolean): string {
  const { code, message, stack, port, detail } = error as NodeJS.ErrnoException & {
    port?: number
    detail?: { action?: string }
  }
  if (debug) return String(stack)
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what listens there, or set PORT to another.`
  if (error instanceof HomeTaken) return message
  return ['Tenantry cannot start:', message, detail?.action].filter(Boolean).join(' ')
}
