import { useNavigate } from '@tanstack/react-router'
import { Building2, CornerDownRight, ListChecks } from 'lucide-react'
import { useEffect, useState } from 'react'
import { trpc } from '../../api/trpc.ts'
import type { PaletteHit } from '../../shell/palette.tsx'
import { tenantLook } from '../../ui/state-tones.ts'
import { StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'

const operationPattern = /^op_[0-9a-z]{26}$/

/** What the palette finds on the server: tenants by slug, name or id, and an operation by its id. */
export function useTenantHits(words: string, close: () => void) {
  const navigate = useNavigate()
  const wanted = words.trim()
  const [rested, setRested] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setRested(wanted), 80)
    return () => clearTimeout(timer)
  }, [wanted])
  const query = trpc.tenants.list.useQuery(
    { text: rested, limit: 8, sort: 'slug' },
    { enabled: rested !== '' && wanted !== '', refetchInterval: false, placeholderData: (before) => before },
  )
  const found = wanted === '' ? undefined : query.data
  const go = (run: () => unknown) => () => {
    close()
    void run()
  }
  const hits: PaletteHit[] = (found?.items ?? []).map((row) => ({
    id: row.id,
    icon: Building2,
    label: (
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <Mono className="font-medium">{row.slug}</Mono>
        <span className="min-w-0 flex-1 truncate text-ink-3">{row.displayName}</span>
        <StatusIcon tone={tenantLook[row.state].tone} size={12} />
        <span className="text-12 text-ink-3">{tenantLook[row.state].word}</span>
      </span>
    ),
    open: go(() => navigate({ to: '/tenants/$slug', params: { slug: row.slug } })),
  }))
  const rest = (found?.total ?? 0) - hits.length
  if (rest > 0) {
    hits.push({
      id: 'all',
      icon: CornerDownRight,
      label: <span className="text-ink-2">All {found?.total} that match</span>,
      open: go(() => navigate({ to: '/tenants', search: { q: wanted } })),
    })
  }
  if (operationPattern.test(wanted)) {
    hits.push({
      id: wanted,
      icon: ListChecks,
      label: (
        <span>
          Operation <Mono>{wanted}</Mono>
        </span>
      ),
      open: go(() => navigate({ to: '/operations/$id', params: { id: wanted } })),
    })
  }
  return { hits, isSearching: query.isFetching || rested !== wanted }
}
