import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { trpc } from '../../api/trpc.ts'
import { useLiveControls } from '../../live/use-live.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { type Annotation, type AnnotationChange, conflictsOf, type EditConflict } from './rebase-edit.ts'
import type { Tenant } from './use-tenant.ts'

const nouns: Record<keyof Annotation, string> = { displayName: 'Name', labels: 'Labels', notes: 'Notes' }

interface Edit {
  readonly change: AnnotationChange
  /** What the fields held before, for the rollback and for Undo. */
  readonly base: Annotation
}

/**
 * Edits a tenant's name, labels or notes: shown at once, taken back with its reason when the server refuses. When somebody
 * else changed the row meanwhile, the edit is made again on theirs, unless both changed one field: then `conflict` asks.
 */
export function useAnnotateTenant(tenant: Tenant) {
  const utils = trpc.useUtils()
  const { entities } = useLiveControls()
  const [conflict, setConflict] = useState<{ edit: Edit; fields: EditConflict[] }>()
  const { id, slug } = tenant

  const newestVersion = () =>
    Math.max(
      utils.tenants.get.getData({ slug })?.rowVersion ?? tenant.rowVersion,
      entities.get(id)?.version ?? 0,
    )

  async function save({ change, base }: Edit) {
    try {
      return await utils.client.tenants.annotate.mutate({
        tenantId: id,
        ifVersion: newestVersion(),
        ...change,
      })
    } catch (error) {
      if (faultOf(error).code !== 'version_conflict') throw error
      const theirs = await utils.tenants.get.fetch({ slug }, { staleTime: 0 })
      const fields = conflictsOf(base, change, theirs)
      if (fields.length > 0) {
        setConflict({ edit: { change, base }, fields })
        return undefined
      }
      return utils.client.tenants.annotate.mutate({ tenantId: id, ifVersion: theirs.rowVersion, ...change })
    }
  }

  const mutation = useMutation({
    mutationFn: save,
    // Edits of one tenant follow each other, so that nobody is in conflict with themselves.
    scope: { id: `annotate ${id}` },
    onSuccess: (saved, edit) => {
      if (!saved) return
      utils.tenants.get.setData({ slug }, (known) => known && { ...known, ...saved })
      const noun = nameOf(edit.change)
      toastDone(`${noun} saved`, { label: 'Undo', onPress: () => start(undoOf(edit), edit.change) })
      void utils.tenants.labels.invalidate()
    },
    onError: (error, edit) =>
      toastFailed(`${nameOf(edit.change)} not saved, the old stays`, error, () => start(edit.change)),
  })

  const valuesOf = (row: Tenant): Annotation => ({
    displayName: row.displayName,
    labels: row.labels,
    notes: row.notes,
  })

  function start(change: AnnotationChange, over?: AnnotationChange): void {
    mutation.mutate({ change, base: { ...valuesOf(tenant), ...over } })
  }

  return {
    /** The tenant as it will be when the edit on its way is accepted. */
    shown: mutation.isPending ? { ...tenant, ...mutation.variables.change } : tenant,
    isSaving: mutation.isPending,
    annotate: (change: AnnotationChange) => start(change),
    conflict: conflict?.fields,
    keepTheirs: () => setConflict(undefined),
    saveMine: () => {
      if (!conflict) return
      const theirs = Object.fromEntries(conflict.fields.map(({ field, theirs }) => [field, theirs]))
      setConflict(undefined)
      start(conflict.edit.change, theirs)
    },
  }
}

const nameOf = (change: AnnotationChange) =>
  (Object.keys(change) as (keyof Annotation)[]).map((field) => nouns[field]).join(' and ')

function undoOf({ change, base }: Edit): AnnotationChange {
  return Object.fromEntries(
    (Object.keys(change) as (keyof Annotation)[]).map((field) => [field, base[field]]),
  )
}
