import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { secretSettings, settingNames } from './env.ts'

const root = new URL('../../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

interface Service {
  build?: { dockerfile: string }
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  volumes?: string[]
  profiles?: string[]
  ports?: string[]
}
const compose: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(
  read('docker-compose.yml'),
  { merge: true },
)

describe('docker-compose.yml', () => {
  it('runs PostgreSQL, the API and the worker as services of their own', () => {
    const always = Object.entries(compose.services).filter(([, { profiles }]) => !profiles)
    expect(always.map(([name]) => name)).toEqual(['postgres', 'api', 'worker'])
    expect(compose.services.api?.environment?.TENANTRY_ROLE).toBe('api')
    expect(compose.services.worker?.environment?.TENANTRY_ROLE).toBe('worker')
  })

  it.each(['api', 'worker'])('gives %s only settings that exist, and all that it needs', (name) => {
    const known = [...settingNames, ...secretSettings.map((secret) => `${secret}_FILE`)]
    const given = Object.keys(compose.services[name]?.environment ?? {})
    expect(given.filter((setting) => !known.includes(setting))).toEqual([])
    expect(given).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'TENANTRY_CLUSTER_URL', 'TENANTRY_MASTER_KEY']),
    )
  })

  it('runs Prometheus, Grafana, Alertmanager and a mail server where somebody asks for them, for this machine alone', () => {
    const asked = Object.entries(compose.services).filter(([, { profiles }]) => profiles)
    expect(asked.map(([name]) => name)).toEqual(['prometheus', 'grafana', 'alertmanager', 'mailpit'])
    for (const [, { profiles, ports }] of asked) {
      expect(profiles).toEqual(['observability'])
      for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
    }
  })

  it('holds no secret and no default password', () => {
    expect(read('docker-compose.yml')).not.toMatch(/PASSWORD: [^$\s]/)
  })

  it('waits for a healthy PostgreSQL, and every service has a health check', () => {
    for (const service of Object.values(compose.services)) expect(service.healthcheck?.test[0]).toBe('CMD')
    expect(compose.services.api?.depends_on?.postgres?.condition).toBe('service_healthy')
  })

  it('mounts and builds from files that are there', () => {
    for (const service of Object.values(compose.services)) {
      if (service.build) expect(read(service.build.dockerfile)).toMatch(/^FROM /m)
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':')
        if (source.startsWith('./')) expect(existsSync(new URL(source, root)), source).toBe(true)
        else expect(compose.volumes).toHaveProperty(source)
      }
    }
  })
})

describe('the image', () => {
  const dockerfile = read('deploy/Dockerfile')
  it('runs as an ordinary user, on the pnpm that the workspace names', () => {
    const { packageManager } = JSON.parse(read('package.json'))
    expect(dockerfile).toMatch(/^USER node$/m)
    for (const [used] of dockerfile.matchAll(/pnpm@[\d.]+/g)) expect(used).toBe(packageManager)
  })

  it('starts a file that is there', () => {
    const command = dockerfile.match(/^CMD \["node", "(.+)"\]$/m)?.[1] ?? ''
    expect(read(command)).toBeTruthy()
  })
})
