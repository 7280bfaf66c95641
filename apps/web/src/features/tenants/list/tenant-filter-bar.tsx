import { type TenantState, tenantStates } from '@tenantry/contracts'
import { ListFilter, Terminal } from 'lucide-react'
import { useState } from 'react'
import { callForms } from '../../../api/call-forms.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { FilterBar } from '../../../ui/page.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { tenantLook } from '../../../ui/state-tones.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { useClusters } from '../../fleet/use-clusters.ts'
import { listingOf, readLabels, type TenantSearch, takeTypedFilter, writeLabels } from '../tenant-filter.ts'
import { useKnownLabels } from '../use-known-labels.ts'

type Change = Partial<{ q: string; state: TenantState[]; label: string; cluster: string }>

/** One line that is text and chips at once, a menu of what can be filtered by, and the filter as a call. */
export function TenantFilterBar(props: {
  search: TenantSearch
  matches: number | undefined
  onChange: (change: Change) => void
}) {
  const { search, onChange } = props
  const [copying, setCopying] = useState(false)
  const clusters = useClusters().data ?? []
  const labels = readLabels(search.label)

  const take = (typed: string, ended = false) => {
    const found = takeTypedFilter(typed, clusters, ended)
    onChange({
      q: found.q,
      state: [...new Set([...search.state, ...found.state])],
      label: writeLabels({ ...labels, ...found.labels }),
      cluster: found.cluster ?? search.cluster,
    })
  }
  const withoutLabel = (key: string) =>
    writeLabels(Object.fromEntries(Object.entries(labels).filter(([name]) => name !== key)))
  const clusterName = clusters.find(({ id }) => id === search.cluster)?.name ?? search.cluster

  return (
    <FilterBar>
      <SearchField
        label="Search tenants"
        placeholder="A name, or state:failed label:plan=enterprise cluster:main"
        value={search.q}
        onChange={take}
        onEnter={(typed) => take(typed, true)}
        end={props.matches === undefined ? undefined : `${formatCount(props.matches)} match`}
        chips={
          <>
            {search.state.length > 0 && (
              <Chip name="state" value={search.state.join(',')} onRemove={() => onChange({ state: [] })} />
            )}
            {Object.entries(labels).map(([key, value]) => (
              <Chip
                key={key}
                name={key}
                value={value}
                onRemove={() => onChange({ label: withoutLabel(key) })}
              />
            ))}
            {search.cluster && (
              <Chip name="cluster" value={clusterName} onRemove={() => onChange({ cluster: '' })} />
            )}
          </>
        }
      />
      <FilterMenu search={search} onChange={onChange} />
      <IconButton
        bordered
        icon={Terminal}
        label="Copy this list as a call"
        className="max-md:hidden"
        onClick={() => setCopying(true)}
      />
      <Dialog open={copying} onOpenChange={setCopying} title="This list elsewhere" width={560}>
        <CopyAs
          forms={callForms(
            { path: 'tenants.list', kind: 'query', input: listingOf(search) },
            location.origin,
            location.href,
          )}
        />
        <div className="h-2" />
      </Dialog>
    </FilterBar>
  )
}

function FilterMenu(props: { search: TenantSearch; onChange: (change: Change) => void }) {
  const { search, onChange } = props
  const clusters = useClusters().data ?? []
  const known = useKnownLabels().data ?? []
  const labels = readLabels(search.label)
  const toggled = (state: TenantState) =>
    search.state.includes(state) ? search.state.filter((one) => one !== state) : [...search.state, state]
  return (
    <Menu trigger={<Button icon={ListFilter}>Filter</Button>}>
      {tenantStates.map((state) => (
        <MenuItem key={state} onSelect={() => onChange({ state: toggled(state) })}>
          <span className="flex items-center gap-2">
            <StatusIcon tone={tenantLook[state].tone} /> {tenantLook[state].word}
            {search.state.includes(state) && <span className="ml-auto text-accent-ink">✓</span>}
          </span>
        </MenuItem>
      ))}
      {clusters.length > 1 && <MenuLine />}
      {clusters.length > 1 &&
        clusters.map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => onChange({ cluster: id === search.cluster ? '' : id })}>
            <span className="text-ink-3">cluster</span> {name}
          </MenuItem>
        ))}
      {known.length > 0 && <MenuLine />}
      {known.flatMap(({ key, values }) =>
        values.slice(0, 5).map(({ value, tenants }) => (
          <MenuItem
            key={`${key}:${value}`}
            onSelect={() => onChange({ label: writeLabels({ ...labels, [key]: value }) })}
          >
            <span className="flex items-baseline gap-2">
              <span>
                <span className="text-ink-3">{key}</span> {value}
              </span>
              <span className="num ml-auto pl-4 text-12 text-ink-3">{formatCount(tenants)}</span>
            </span>
          </MenuItem>
        )),
      )}
    </Menu>
  )
}
