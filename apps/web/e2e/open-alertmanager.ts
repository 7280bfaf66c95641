import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openReceiver } from '@tenantry/core/testing/peers'

export interface Alertmanager {
  readonly url: string
  /** What it holds: labels and whether it still fires. */
  alerts(): Promise<{ labels: Record<string, string>; isActive: boolean }[]>
  close(): Promise<void>
}

/** A real Alertmanager where TENANTRY_TEST_ALERTMANAGER names its program; else somebody who listens, and says so. */
export function openAlertmanager(): Promise<Alertmanager> {
  const program = process.env.TENANTRY_TEST_ALERTMANAGER
  if (program) return startReal(program)
  console.info('No TENANTRY_TEST_ALERTMANAGER: a listener stands in for the real one')
  return listen()
}

async function startReal(program: string): Promise<Alertmanager> {
  const home = mkdtempSync(path.join(tmpdir(), 'tenantry-alertmanager-'))
  writeFileSync(path.join(home, 'config.yml'), 'route: { receiver: none }\nreceivers: [{ name: none }]\n')
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn(
    program,
    [
      `--config.file=${home}/config.yml`,
      `--storage.path=${home}`,
      `--web.listen-address=${new URL(url).host}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  )
  const ask = async () => {
    const response = await fetch(`${url}/api/v2/alerts`)
    return (await response.json()) as { labels: Record<string, string>; status: { state: string } }[]
  }
  const until = Date.now() + 20_000
  while (!(await ask().then(Boolean, () => false))) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('the Alertmanager did not start')
  }
  return {
    url,
    alerts: async () =>
      (await ask()).map(({ labels, status }) => ({ labels, isActive: status.state === 'active' })),
    async close() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function listen(): Promise<Alertmanager> {
  const receiver = await openReceiver()
  return {
    url: receiver.url,
    async alerts() {
      const last = new Map<string, { labels: Record<string, string>; endsAt: string }>()
      for (const one of receiver.heard.flatMap(({ body }) => body)) last.set(JSON.stringify(one.labels), one)
      // Like the real one, it forgets what is over.
      return [...last.values()]
        .filter(({ endsAt }) => Date.parse(endsAt) > Date.now())
        .map(({ labels }) => ({ labels, isActive: true }))
    },
    close: receiver.close,
  }
}
