/** How many tries in how many seconds. */
export interface Limit {
  readonly tries: number
  readonly seconds: number
}

/** Everything that the door needs to know of the world; whoever starts it has parsed the environment. */
export interface ApiConfig {
  /** Where browsers reach it, as they see it; left out: requests must come from the host they name. */
  readonly publicUrl?: string | undefined
  /** Served over https: cookies are `Secure` and `__Host-`, and browsers are told to stay with https. */
  readonly secureCookies: boolean
  /** Behind a proxy that sets X-Forwarded-For. */
  readonly trustProxy: boolean
  /** This process's name in heartbeats and metrics. */
  readonly node: string
  readonly build: { readonly version: string; readonly revision: string }
  /** Folder of the built web app; left out: none is served. */
  readonly webRoot?: string | undefined
  /** Bearer token for /metrics; left out: open. */
  readonly metricsToken?: string | undefined
  /** How many tenants /metrics/tenants tells of at most; 0 or left out: it does not exist. */
  readonly metricsTenants?: number | undefined
  readonly sessions: {
    readonly idleSeconds: number
    readonly absoluteSeconds: number
    /** For how long a typed password is fresh enough for a severe change. */
    readonly confirmSeconds: number
  }
  readonly signIn: { readonly perAddress: Limit; readonly perEmail: Limit }
  /** How long a closing node lets its sockets find another one. */
  readonly drainMs: number
}

/** What holds where nobody chose otherwise. */
export const apiDefaults = {
  secureCookies: false,
  trustProxy: false,
  sessions: { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 86_400, confirmSeconds: 600 },
  signIn: { perAddress: { tries: 60, seconds: 300 }, perEmail: { tries: 10, seconds: 300 } },
  drainMs: 0,
} as const satisfies Partial<ApiConfig>
