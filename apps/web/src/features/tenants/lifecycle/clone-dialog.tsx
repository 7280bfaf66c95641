import { useNavigate } from '@tanstack/react-router'
import { displayName, schemaNameOf } from '@tenantry/contracts'
import { useRef, useState } from 'react'
import { TextField } from '../../../ui/field.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { ClusterChoice } from '../cluster-choice.tsx'
import { usePlacement } from '../use-placement.ts'
import { useSlugCheck } from '../use-slug-check.ts'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { ImpactGrid } from './impact-grid.tsx'
import { useCloneTenant } from './use-clone-tenant.ts'

const contents = [
  { value: 'data', label: 'With data' },
  { value: 'structure', label: 'Structure alone' },
] as const

const impacts = {
  data: [
    { value: 'Every row', note: 'of one moment, proven table by table' },
    { value: 'Stays open', note: 'readers and writers of the source go on' },
    { value: 'No credentials', note: 'the clone gets its own: rotate them once it is active' },
  ],
  structure: [
    { value: 'No row', note: 'not even those that the template brings' },
    { value: 'Stays open', note: 'readers and writers of the source go on' },
    { value: 'No credentials', note: 'the clone gets its own: rotate them once it is active' },
  ],
} as const

/** Tier 2: what the other tenant is called, what it takes along and where it goes. */
export function CloneDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [slug, setSlug] = useState('')
  const [name, setName] = useState(`${tenant.displayName} (copy)`)
  const [content, setContent] = useState<keyof typeof impacts>('data')
  const [clusterId, setClusterId] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const verdict = useSlugCheck(slug.trim())
  const placement = usePlacement(clusterId, tenant.labels)
  const automatic = usePlacement(undefined, tenant.labels).data?.placement
  const { clone, isPending, error } = useCloneTenant()
  const refused = verdict.kind === 'refused' ? `${verdict.reason}.` : undefined
  const wish = {
    sourceId: tenant.id,
    slug: slug.trim(),
    displayName: name.trim(),
    withData: content === 'data',
    ...(clusterId ? { clusterId } : {}),
  }
  return (
    <ActionDialog
      {...props}
      action="tenant.clone"
      tier={2}
      title="Clone tenant"
      description="Makes another tenant with the same structure, with its rows or without. This one is not changed."
      keep="Do not clone"
      missing={
        refused ??
        (verdict.kind === 'free' ? undefined : 'Choose a slug that is free.') ??
        displayName.safeParse(name).error?.issues[0]?.message ??
        placement.data?.refusal?.message
      }
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() =>
        clone(wish).then(({ operationId }) =>
          navigate({ to: '/operations/$id', params: { id: operationId } }),
        )
      }
      initialFocus={field}
    >
      <div className="grid gap-3 md:grid-cols-2">
        <TextField
          ref={field}
          label="Slug of the clone"
          mono
          value={slug}
          error={slug === '' ? undefined : refused}
          hint={
            verdict.kind === 'free'
              ? `Free; schema ${schemaNameOf(wish.slug)}`
              : 'Lowercase letters, digits and single hyphens.'
          }
          onChange={(event) => setSlug(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          label="Name"
          value={name}
          maxLength={120}
          hint="Labels and notes are taken along."
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          autoComplete="off"
        />
      </div>
      <div>
        <Segments label="What it takes along" options={contents} value={content} onChange={setContent} />
      </div>
      <ImpactGrid impacts={impacts[content]} />
      <QueryPanel title="Placement" noun="clusters" query={placement} skeleton={<div className="h-17" />}>
        {({ candidates }) => (
          <ClusterChoice
            candidates={candidates}
            chosen={clusterId}
            onChoose={setClusterId}
            automatic={{ reason: automatic?.reason }}
          />
        )}
      </QueryPanel>
    </ActionDialog>
  )
}
