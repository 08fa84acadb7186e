/** Which interfaces the simulated world has. */

/** The release that is built in: a name without a version is none in WIT. */
export const release = '0.2.12'

/** `wasi:cli/stdout@0.2.12` to `wasi:cli/stdout`. */
export const unversioned = (name: string): string => name.replace(/@.*$/, '')

const versionOf = (name: string): string | undefined => /@(.*)$/.exec(name)?.[1]

/** Every interface that the host serves, for WASI 0.2 at any patch level. */
export const interfacesServed: readonly string[] = [
  'wasi:io/error',
  'wasi:io/poll',
  'wasi:io/streams',
  'wasi:cli/environment',
  'wasi:cli/exit',
  'wasi:cli/stdin',
  'wasi:cli/stdout',
  'wasi:cli/stderr',
  'wasi:cli/terminal-input',
  'wasi:cli/terminal-output',
  'wasi:cli/terminal-stdin',
  'wasi:cli/terminal-stdout',
  'wasi:cli/terminal-stderr',
  'wasi:clocks/monotonic-clock',
  'wasi:clocks/wall-clock',
  'wasi:clocks/timezone',
  'wasi:random/random',
  'wasi:random/insecure',
  'wasi:random/insecure-seed',
  'wasi:filesystem/preopens',
  'wasi:filesystem/types',
  'wasi:sockets/network',
  'wasi:sockets/instance-network',
  'wasi:sockets/ip-name-lookup',
  'wasi:sockets/tcp',
  'wasi:sockets/tcp-create-socket',
  'wasi:sockets/udp',
  'wasi:sockets/udp-create-socket',
  'wasi:http/types',
  'wasi:http/outgoing-handler',
]

/** Whether the host serves this interface: `wasi:cli/stdout`, `wasi:cli/stdout@0.2.6`. */
export const serves = (name: string): boolean => {
  const version = versionOf(name)
  return (version === undefined || /^0\.2(\.|$)/.test(version)) && interfacesServed.includes(unversioned(name))
}
