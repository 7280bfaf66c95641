import { type Permission, permissions, rolesWith } from '@tenantry/contracts'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { CodeBox } from './code.tsx'
import { Mono } from './tag.tsx'

function EmptyFrame(props: { title: string; children: ReactNode }) {
  return (
    <div className="m-5 max-w-160 rounded-md border border-dashed border-line-strong px-4 py-3">
      <h2 className="font-medium">{props.title}</h2>
      <div className="text-12 text-ink-3">{props.children}</div>
    </div>
  )
}

/** Nothing exists yet: the first action, and the same from a terminal. */
export function EmptyNothing(props: {
  title: string
  children?: ReactNode
  action?: ReactNode
  command?: string
}) {
  return (
    <EmptyFrame title={props.title}>
      {props.children}
      {props.action && <div className="mt-2.5 flex gap-2">{props.action}</div>}
      {props.command && (
        <div className="mt-2.5">
          <CodeBox text={props.command} prompt />
        </div>
      )}
    </EmptyFrame>
  )
}

/** The filter leaves nothing: what to take away. `hint` may say how many would match without a part of it. */
export function EmptyFiltered(props: { filters: number; hint?: ReactNode; onClear: () => void }) {
  const noun = props.filters === 1 ? 'this filter' : `${props.filters} filters`
  return (
    <EmptyFrame title={`Nothing matches ${noun}`}>
      {props.hint}
      <div className="mt-2">
        <Button size="sm" onClick={props.onClear}>
          Clear all
        </Button>
      </div>
    </EmptyFrame>
  )
}

/** Not allowed: the permission that is missing and which roles hold it. */
export function EmptyForbidden(props: { noun: string; permission: Permission }) {
  return (
    <EmptyFrame title={`You may not see ${props.noun}`}>
      Needs <Mono className="text-ink-2">{props.permission}</Mono> ({permissions[props.permission]}). Roles
      that hold it: {rolesWith(props.permission).join(', ')}. An administrator can change your role.
    </EmptyFrame>
  )
}
