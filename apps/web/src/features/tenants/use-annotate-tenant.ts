import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { trpc } from '../../api/trpc.ts'
import { withLive } from '../../live/entity-store.ts'
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

  /** What is known of it by now, which may be more than when the edit began. */
  const newest = (): Tenant => {
    const known = utils.tenants.get.getData({ slug }) ?? tenant
    return withLive(known, known.rowVersion, entities.get(id))
  }

  async function save(edit: Edit) {
    const known = newest()
    if (asks(edit, known)) return undefined
    try {
      return await send(edit, known.rowVersion)
    } catch (error) {
      if (faultOf(error).code !== 'version_conflict') throw error
      const theirs = await utils.tenants.get.fetch({ slug }, { staleTime: 0 })
      return asks(edit, theirs) ? undefined : send(edit, theirs.rowVersion)
    }
  }

  const send = ({ change }: Edit, ifVersion: number) =>
    utils.client.tenants.annotate.mutate({ tenantId: id, ifVersion, ...change })

  /** Whether somebody else changed the same, so that a person must decide. */
  function asks(edit: Edit, theirs: Tenant): boolean {
    const fields = conflictsOf(edit.base, edit.change, theirs)
    if (fields.length > 0) setConflict({ edit, fields })
    return fields.length > 0
  }

  const mutation = useMutation({
    mutationFn: save,
    // Edits of one tenant follow each other, so that nobody is in conflict with themselves.
    scope: { id: `annotate ${id}` },
    onSuccess: (saved, edit) => {
      if (!saved) return
      utils.tenants.get.setData({ slug }, (known) => known && { ...known, ...saved })
      const noun = nameOf(edit.change)
      toastDone(`${noun} saved`, { label: 'Undo', onPress: () => mutation.mutate(undoOf(edit)) })
      void utils.tenants.labels.invalidate()
    },
    onError: (error, edit) =>
      toastFailed(`${nameOf(edit.change)} not saved, the old stays`, error, () => mutation.mutate(edit)),
  })

  /** The tenant as it will be when the edit on its way is accepted. */
  const shown = mutation.isPending ? { ...tenant, ...mutation.variables.change } : tenant
  const { displayName, labels, notes } = shown

  return {
    shown,
    isSaving: mutation.isPending,
    /** @param seen what the edited fields held when the person began, where that was before now */
    annotate: (change: AnnotationChange, seen: AnnotationChange = {}) =>
      mutation.mutate({ change, base: { displayName, labels, notes, ...seen } }),
    conflict: conflict?.fields,
    keepTheirs: () => setConflict(undefined),
    saveMine: () => {
      if (!conflict) return
      const { edit, fields } = conflict
      const theirs = Object.fromEntries(fields.map((one) => [one.field, one.theirs]))
      setConflict(undefined)
      mutation.mutate({ change: edit.change, base: { ...edit.base, ...theirs } })
    },
  }
}

const nameOf = (change: AnnotationChange) =>
  (Object.keys(change) as (keyof Annotation)[]).map((field) => nouns[field]).join(' and ')

function undoOf({ change, base }: Edit): Edit {
  const fields = Object.keys(change) as (keyof Annotation)[]
  return {
    change: Object.fromEntries(fields.map((field) => [field, base[field]])),
    base: { ...base, ...change },
  }
}
