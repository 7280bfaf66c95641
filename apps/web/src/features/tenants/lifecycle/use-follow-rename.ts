import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { trpc } from '../../../api/trpc.ts'
import type { Tenant } from '../use-tenant.ts'

/** Keeps the address with a tenant whose slug has changed; what is known of it comes along. */
export function useFollowRename(tenant: Tenant, addressed: string): void {
  const utils = trpc.useUtils()
  const navigate = useNavigate()
  const { slug } = tenant
  useEffect(() => {
    if (slug === addressed) return
    utils.tenants.get.setData({ slug }, (known) => known ?? tenant)
    void navigate({
      to: '/tenants/$slug',
      params: { slug },
      search: true,
      replace: true,
    })
  }, [slug, addressed, tenant, utils, navigate])
}
