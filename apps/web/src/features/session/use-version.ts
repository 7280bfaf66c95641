import { useQuery } from '@tanstack/react-query'

export interface Version {
  readonly version: string
  readonly revision?: string
}

/** What answers here, asked without a session. */
export function useVersion() {
  return useQuery({
    queryKey: ['version'],
    queryFn: async (): Promise<Version> => {
      const reply = await fetch('/version')
      if (!reply.ok) throw new Error(`/version answered ${reply.status}`)
      return reply.json()
    },
  })
}
