interface Credentials {
  readonly email: string
  readonly password: string
}

/** A refusal of the API, with its code. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

/** A person over HTTP, signed in: for arranging what the browser then sees. */
export async function openClient(url: string, credentials: Credentials) {
  let cookie = ''

  async function send(procedure: string, init: RequestInit, query = '') {
    const response = await fetch(`${url}/trpc/${procedure}${query}`, {
      ...init,
      headers: { 'x-tenantry': '1', 'content-type': 'application/json', cookie, origin: url },
    })
    const [set] = response.headers.getSetCookie()
    if (set) cookie = set.split(';')[0] ?? ''
    const body = await response.json()
    if (body.error) {
      const { code, message } = body.error.data.tenantry
      throw new Refused(code, message)
    }
    return body.result.data
  }

  const mutate = (procedure: string, input: unknown) =>
    send(procedure, { method: 'POST', body: JSON.stringify(input) })
  const signIn = (who: Credentials) => mutate('session.signIn', who)
  await signIn(credentials)
  return {
    mutate,
    signIn,
    query: (procedure: string, input: unknown) =>
      send(procedure, { method: 'GET' }, `?input=${encodeURIComponent(JSON.stringify(input))}`),
    /** As a browser keeps it. */
    cookie: () => {
      const [name, value] = cookie.split('=')
      return { name: name ?? '', value: value ?? '', url }
    },
  }
}

export type ConsoleClient = Awaited<ReturnType<typeof openClient>>
