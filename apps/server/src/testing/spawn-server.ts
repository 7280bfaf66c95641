import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface ServerProcess {
  readonly pid: number
  /** Where it listens and, on the very first start, how to sign in. */
  readonly ready: Promise<{ address: string; email?: string; password?: string }>
  /** The signal that ended it, or its exit code. */
  readonly ended: Promise<string | number>
  /** All that it has printed so far. */
  output(): string
  kill(signal: NodeJS.Signals): void
}

interface Line {
  msg?: string
  address?: string
  email?: string
  firstPassword?: string
}

/** Starts the real process with these settings and no others, logging JSON. @param program another one than the server's main */
export function spawnServer(settings: Record<string, string>, program = main): ServerProcess {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      TENANTRY_LOG_FORMAT: 'json',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<string | number>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? -1))
  })
  const ready = new Promise<{ address: string; email?: string; password?: string }>((resolve, reject) => {
    const look = (chunk: string) => {
      output += chunk
      const lines = output.split('\n').slice(0, -1).map(parse)
      const address = lines.find((line) => line.msg === 'ready')?.address
      if (!address) return
      const first = lines.find((line) => line.firstPassword)
      resolve({
        address,
        ...(first?.email && first.firstPassword ? { email: first.email, password: first.firstPassword } : {}),
      })
    }
    child.stdout.setEncoding('utf8').on('data', look)
    child.stderr.setEncoding('utf8').on('data', look)
    ended.then((how) => reject(new Error(`ended (${how}) before it was ready:\n${output}`)))
  })
  // Who does not wait for it must not be told of its failure either.
  ready.catch(() => {})
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    output: () => output,
    kill: (signal) => child.kill(signal),
  }
}

function parse(line: string): Line {
  try {
    return JSON.parse(line)
  } catch {
    return {}
  }
}
