import { schemaNameOf } from '@tenantry/contracts'
import { ArrowRight } from 'lucide-react'
import { useRef, useState } from 'react'
import { TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { type SlugVerdict, useSlugCheck } from '../use-slug-check.ts'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { SlugField } from './confirm-fields.tsx'
import { slugMissing } from './missing-words.ts'
import { useRenameTenant } from './use-rename-tenant.ts'

const words: Record<SlugVerdict['kind'], string> = {
  none: 'Lowercase letters, digits and single hyphens.',
  checking: 'Looking whether it is free',
  free: 'Free',
  refused: '',
}

/** Tier 3 by its check, 2 by its harm: nothing is lost, but every name in sight changes. */
export function RenameDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [slug, setSlug] = useState('')
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const verdict = useSlugCheck(slug.trim())
  const { rename, isPending, error } = useRenameTenant()
  const refused =
    slug.trim() === tenant.slug
      ? 'This is its slug now.'
      : verdict.kind === 'refused'
        ? `${verdict.reason}.`
        : undefined
  const wish = { tenantId: tenant.id, slug: slug.trim(), confirmSlug: typed.trim() }
  return (
    <ActionDialog
      {...props}
      action="tenant.rename"
      tier={2}
      title="Rename tenant"
      description="Gives it another slug and its schema another name. The old slug is free again at once."
      keep="Keep the name"
      missing={
        refused ??
        (verdict.kind === 'free' ? undefined : 'Choose a new slug that is free.') ??
        slugMissing(typed, tenant.slug)
      }
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() => rename(wish)}
      initialFocus={field}
    >
      <TextField
        ref={field}
        label="New slug"
        mono
        value={slug}
        error={slug === '' ? undefined : refused}
        hint={words[verdict.kind]}
        onChange={(event) => setSlug(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <p className="flex min-w-0 flex-wrap items-center gap-2 rounded-md border border-line px-3 py-2">
        <span className="text-ink-3">Schema</span>
        <Mono>{tenant.schemaName}</Mono>
        <Icon of={ArrowRight} className="text-ink-3" />
        <span className="sr-only">becomes</span>
        <Mono className="font-medium">
          {verdict.kind === 'free' && !refused ? schemaNameOf(wish.slug) : '…'}
        </Mono>
      </p>
      <ul className="list-disc pl-4 text-ink-2">
        <li>Open sessions are ended; their next login finds the schema under its new name.</li>
        <li>Connection strings keep working: the roles keep their names and passwords.</li>
        <li>
          Statements that spell <Mono>{tenant.schemaName}</Mono> out, and links to this page by its old slug,
          stop working.
        </li>
      </ul>
      <SlugField label="Type the current slug to confirm" value={typed} onChange={setTyped} />
    </ActionDialog>
  )
}
