import { lookup as resolve } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Keeps channels from reaching into our own network. */
export interface AddressGuard {
  /** For `net.connect`: resolves, and refuses unless every address may be reached. */
  readonly lookup: LookupFunction
  /** For a host that is an address already, which is never looked up. @throws RefusedAddress */
  check(host: string): void
}

export class RefusedAddress extends Error {
  constructor(host: string, address: string) {
    const at = host === address ? address : `${host} is ${address}, which`
    super(`${at} is not a public address`)
    this.name = 'RefusedAddress'
  }
}

/**
 * Refuses every address that is not public (private, loopback, link-local, shared, reserved, and IPv4 dressed as any of
 * these), except those in `networks`. It looks at the address that is then connected to, so that a name which answers
 * otherwise the second time gains nothing (CWE-918, DNS rebinding).
 * @param networks CIDRs, such as `10.0.0.0/8`
 * @throws when one of them is not a network
 */
export function openGuard(networks: readonly string[]): AddressGuard {
  const allowed = networks.map((network) => ipaddr.parseCIDR(network))
  const refused = (text: string) => {
    const address = ipaddr.process(text)
    if (address.range() === 'unicast') return false
    return !allowed.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    )
  }
  return {
    lookup(hostname, options, callback) {
      resolve(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, [])
        const bad = addresses.find(({ address }) => refused(address))
        if (bad) return callback(new RefusedAddress(hostname, bad.address), [])
        const [first] = addresses
        if (options.all) return callback(null, addresses)
        callback(null, first?.address ?? '', first?.family)
      })
    },
    check(host) {
      const bare = host.replace(/^\[|\]$/g, '')
      if (ipaddr.isValid(bare) && refused(bare)) throw new RefusedAddress(bare, bare)
    },
  }
}
