import { parseIp } from '../../../wasi/sockets/addresses.ts'
import { hostLimits, hostName, isHostAddress, type Hosts } from '../../../wasi/sockets/names.ts'

/** The hosts of the simulated network as people write them: a line each, the name and its addresses. */
export const textOfHosts = (hosts: Hosts): string =>
  Object.entries(hosts)
    .map(([name, addresses]) => [name, ...addresses].join(' '))
    .join('\n')

/** What was written; a text says what is wrong with it. Lines as those of `/etc/hosts`, address first, are read as well. */
export function hostsOfText(text: string): Hosts | string {
  const hosts: Record<string, string[]> = Object.create(null)
  for (const [index, line] of text.split('\n').entries()) {
    const [first, ...others] = line
      .replace(/#.*/s, '')
      .trim()
      .split(/[\s,]+/)
    if (first === undefined || first === '') continue
    const isAddressFirst = parseIp(first) !== undefined
    if (isAddressFirst && others.length === 0) return `Line ${index + 1}: write the name of the host beside ${first}.`
    const names = isAddressFirst ? others : [first]
    const addresses = isAddressFirst ? [first] : others
    const wrong = names.find((name) => hostName(name) === undefined || name === '__proto__')
    if (wrong !== undefined) return `Line ${index + 1}: ${JSON.stringify(wrong)} is no name of a host.`
    const bad = addresses.find((address) => !isHostAddress(address))
    if (bad !== undefined) return `Line ${index + 1}: ${JSON.stringify(bad)} is no address that a host can have.`
    for (const name of names) hosts[name] = [...new Set([...(hosts[name] ?? []), ...addresses])]
  }
  const many = Object.entries(hosts).find(([, addresses]) => addresses.length > hostLimits.addresses)
  if (many) return `${many[0]} can have up to ${hostLimits.addresses} addresses.`
  return Object.keys(hosts).length > hostLimits.names ? `There can be up to ${hostLimits.names} names.` : hosts
}
