import type { EventKind } from '@tenantry/contracts'
import type { AuditEntry } from '../audit/append-audit.ts'
import type { Tag } from './service-cache.ts'

interface Event {
  readonly kind: EventKind
  readonly topics: readonly string[]
  readonly patch: Readonly<Record<string, unknown>>
}

/**
 * What an event makes worthless. `tenant:<id>`: its facts, its quotas, the operation at work on it · `slug:<slug>`: who
 * has it · `cluster:<id>`: what people have changed of it, such as the name that its tenants show · `tenants`: how many
 * there are, of what · `quotas`: what holds for the whole fleet · `templates`.
 */
export function tagsOfEvent({ kind, topics, patch }: Event): Tag[] {
  const tenants = topics.filter((topic) => topic.startsWith('tenant:'))
  switch (kind) {
    case 'tenant.changed':
      return [...tenants, `slug:${patch.slug}`, 'tenants']
    case 'operation.changed':
      return tenants
    case 'quota.changed':
      return tenants.length ? tenants : ['quotas']
    case 'template.changed':
      return ['templates']
    case 'audit.appended':
      // Its own event comes with every look at it.
      return patch.targetKind === 'cluster' ? [`cluster:${patch.targetId}`] : []
    default:
      return []
  }
}

/** What a command has changed, as far as its audit entries say: dropped before it is answered, so that who asks again sees it. */
export function tagsOfAudit({ action, tenantId, target, before, after }: AuditEntry): Tag[] {
  const id = tenantId ?? (target?.kind === 'tenant' ? target.id : undefined)
  const slugs = [before, after].map((facts) => facts?.slug)
  // What is read from is shown as being at work too.
  const source = after?.sourceId
  return [
    ...(id ? [`tenant:${id}`, 'tenants'] : []),
    ...(source ? [`tenant:${source}`] : []),
    ...slugs.filter((slug) => typeof slug === 'string').map((slug) => `slug:${slug}`),
    ...(action.startsWith('template.') ? ['templates'] : []),
    ...(target?.kind === 'fleet' || target?.kind === 'plan' ? ['quotas'] : []),
    ...(target?.kind === 'cluster' ? [`cluster:${target.id}`] : []),
  ]
}
