import { isAllowed, type Permission, permissions, type Role, rolesWith } from '@tenantry/contracts'
import { createContext, useContext } from 'react'

/** Who is signed in, and where. */
export interface Viewer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  /** What this installation is called, and whether its frame wears the colour of production. */
  readonly environment: { readonly name: string; readonly production: boolean }
  readonly version: string
  readonly signOut: () => void
}

export const ViewerContext = createContext<Viewer | undefined>(undefined)

/** The person; throws outside the signed-in part of the console. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext)
  if (!viewer) throw new Error('useViewer outside the signed-in pages')
  return viewer
}

/** Why somebody of this role may not, or undefined when they may. */
export function permissionRefusal(role: Role, permission: Permission): string | undefined {
  if (isAllowed(role, permission)) return undefined
  return `${permissions[permission]}: needs ${permission}, which ${rolesWith(permission).join(' and ')} hold. You are ${role}.`
}

/**
 * Why this person may not, or undefined when they may: give it to `disabledReason`. The server asks the same table; this
 * only says it sooner.
 */
export function usePermissionRefusal(permission: Permission): string | undefined {
  return permissionRefusal(useViewer().role, permission)
}

/** Ana Ruiz → AR */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '')
  return letters.join('').toUpperCase()
}
