/** What the parts of WASI let a component do, in plain words. */

export interface Capability {
  readonly key: string
  readonly title: string
  /** Where its line stands. */
  readonly rank: number
  /** What the imports of these names let the component do. */
  readonly does: (names: readonly string[]) => string
}

/** What each interface is for, by package and name, without version. Together they are read as one sentence. */
const wasi: Readonly<Record<string, { readonly title: string; readonly can: Readonly<Record<string, string>> }>> = {
  cli: {
    title: 'Command line',
    can: {
      environment: 'read its arguments and environment variables',
      exit: 'end the run with a status',
      stdin: 'read standard input',
      stdout: 'write standard output',
      stderr: 'write standard error',
      'terminal-stdin': 'ask whether it talks to a terminal',
      'terminal-stdout': 'ask whether it talks to a terminal',
      'terminal-stderr': 'ask whether it talks to a terminal',
      run: 'run another command',
    },
  },
  filesystem: {
    title: 'Files',
    can: { preopens: 'find the folders that it is given', types: 'read, write, list and delete what is in them' },
  },
  clocks: {
    title: 'Clocks',
    can: {
      'monotonic-clock': 'measure time and wait',
      'wall-clock': 'tell the date and the time',
      'system-clock': 'tell the date and the time',
      timezone: 'ask for the time zone',
    },
  },
  random: {
    title: 'Random',
    can: {
      random: 'get random bytes that nobody can guess',
      insecure: 'get random bytes that may be guessed',
      'insecure-seed': 'get a seed for its hash tables',
    },
  },
  sockets: {
    title: 'Network',
    can: {
      'instance-network': 'reach the network',
      network: 'reach the network',
      tcp: 'use TCP connections',
      'tcp-create-socket': 'open TCP sockets',
      udp: 'send and receive UDP packets',
      'udp-create-socket': 'open UDP sockets',
      types: 'use TCP connections and UDP packets',
      'ip-name-lookup': 'look up the addresses of hosts',
    },
  },
  http: {
    title: 'HTTP',
    can: {
      types: 'read and write requests and responses',
      'outgoing-handler': 'send requests to other hosts',
      client: 'send requests to other hosts',
      'incoming-handler': 'pass requests on to another handler',
      handler: 'pass requests on to another handler',
    },
  },
  io: {
    title: 'Streams',
    can: {
      streams: 'read and write streams of bytes that other imports give it',
      poll: 'wait for several things at once',
      error: 'ask what went wrong with a stream',
    },
  },
  logging: { title: 'Logging', can: { logging: 'write log messages' } },
  config: {
    title: 'Configuration',
    can: { store: 'read settings that it is given', runtime: 'read settings that it is given' },
  },
  keyvalue: {
    title: 'Key-value store',
    can: {
      store: 'keep values under keys',
      atomics: 'change values in one step',
      batch: 'read and write many values at once',
      watcher: 'be told of changes',
    },
  },
  tls: { title: 'TLS', can: { types: 'encrypt connections', client: 'encrypt connections' } },
}

const packages = Object.keys(wasi)
const parts = /^wasi:([^/@]+)\/([^@]+)/

/** What an import is for: an interface by its full name, or what the world imports by a name of its own. */
export function capabilityOf(name: string): Capability {
  const [, part = ''] = parts.exec(name) ?? []
  const known = Object.hasOwn(wasi, part) ? wasi[part] : undefined
  if (known) return { key: `wasi:${part}`, title: known.title, rank: packages.indexOf(part), does }
  if (part !== '') return { key: 'wasi', title: 'Other parts of WASI', rank: packages.length, does: called }
  return own(/^([^/]+)\//.exec(name)?.[1] ?? '')
}

/** What belongs to a package that is not of WASI; without one, to the world itself. */
export const own = (owner: string): Capability => ({
  key: `own ${owner}`,
  title: owner === '' ? 'The world itself' : owner,
  rank: packages.length + 1,
  does: called,
})

/** Interfaces of types that no import takes: what is exported does. */
export const sharedTypes: Capability = {
  key: 'types',
  title: 'Types',
  rank: packages.length + 2,
  does: () => 'it takes types for what it exports, and calls nothing',
}

function does(names: readonly string[]): string {
  const found = names.map((name) => {
    const [, part = '', plain = ''] = parts.exec(name) ?? []
    const all = Object.entries(wasi[part]?.can ?? {})
    const at = all.findIndex(([key]) => key === plain)
    return at < 0 ? { at: all.length, phrase: `use ${plain}` } : { at, phrase: all[at]?.[1] ?? plain }
  })
  // Told as the table has it, whatever the order of the imports.
  const phrases = found.toSorted((a, b) => a.at - b.at).map(({ phrase }) => phrase)
  return `it can ${listed([...new Set(phrases)], mostPhrases)}`
}

function called(names: readonly string[]): string {
  return `it can call ${listed(names, mostPhrases)}`
}

const mostPhrases = 6

/** Names or phrases in a sentence; of more than `most`, the first ones and how many there are beside them. */
export function listed(phrases: readonly string[], most: number): string {
  const more = phrases.length - most
  const shown = more > 1 ? [...phrases.slice(0, most), `${more} more`] : [...phrases]
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}
