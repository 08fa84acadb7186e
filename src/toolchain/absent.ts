import type { Fault } from '../contract/fault.ts'
import { release, serves } from '../wasi/served.ts'
import { withoutVersion } from './wit/package-id.ts'
import { isModule, resolveImport, type Resolution } from './resolution.ts'

/**
 * What is said of names and modules that exist elsewhere and not in a guest, and of imports that lead nowhere. The
 * compiler, the engine and the editor all say it in these words.
 */

export type Words = Pick<Fault, 'message' | 'next'>

const use = (name: string, ...interfaces: readonly string[]): string =>
  `A component has no ${name}: import ${interfaces.map((each) => `wasi:${each}@${release}`).join(' and ')} in the world.`
const http = ['http/outgoing-handler', 'http/types']
const noFiles = `A component has no file system of its own: import wasi:filesystem/preopens@${release} and wasi:filesystem/types@${release} in the world, or put the data into a .ts or .json file of the project.`
const noBuffer = 'A component has no Buffer: use Uint8Array with TextEncoder and TextDecoder.'
const oneThread = 'A component runs on one thread: do the work in the export itself.'

const names: Readonly<Record<string, string>> = {
  fetch: use('fetch', ...http),
  XMLHttpRequest: use('XMLHttpRequest', ...http),
  WebSocket: use('WebSocket', 'sockets/tcp', 'sockets/tcp-create-socket'),
  require: 'A component has no require: write an import statement with a relative path to a file of the project.',
  module: 'A component is made of ES modules: write `export` in front of what the world exports.',
  exports: 'A component is made of ES modules: write `export` in front of what the world exports.',
  process: `A component has no process: import wasi:cli/environment@${release}, wasi:cli/stdin@${release} or wasi:cli/exit@${release} in the world.`,
  Buffer: noBuffer,
  __dirname: noFiles,
  __filename: noFiles,
  Deno: `A component has no Deno: import the WASI interfaces that you need in the world.`,
  Bun: `A component has no Bun: import the WASI interfaces that you need in the world.`,
  Intl: 'The engine has no Intl: format the text in your own code, or import a function that does it.',
  Atomics: 'A component runs on one thread: read and write the values as they are.',
  Temporal: 'The engine has no Temporal: use Date.',
  WebAssembly: 'A component cannot compile WebAssembly: import the other component as an interface of the world.',
  Worker: oneThread,
  window: 'A component does not run in a page: import what you need from the host in the world.',
  document: 'A component does not run in a page: import what you need from the host in the world.',
  localStorage: 'A component has no storage: keep the values in variables, which last as long as the instance.',
  URL: 'Write the name URL in the source itself: the build then takes the engine that has it.',
  URLSearchParams: 'Write the name URLSearchParams in the source itself: the build then takes the engine that has it.',
}

/** What the standard library of the language has and the engine lacks. */
export const absentFromLibrary: ReadonlySet<string> = new Set(['Atomics', 'Intl'])

/** What to do in the place of a global name that is known from elsewhere. */
export const insteadOfName = (name: string): string | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined

const nodeModules = new Set(
  (
    'assert async_hooks buffer child_process cluster crypto dgram dns events fs fs/promises http http2 https net os path ' +
    'perf_hooks process punycode querystring readline stream stream/promises string_decoder timers timers/promises tls ' +
    'tty url util v8 vm worker_threads zlib'
  ).split(' '),
)
/** The interface that has what a module of Node is for. */
const interfaceInstead: Readonly<Record<string, string>> = {
  crypto: 'wasi:random/random',
  process: 'wasi:cli/environment',
  os: 'wasi:cli/environment',
  readline: 'wasi:cli/stdin',
  tty: 'wasi:cli/terminal-stdout',
  timers: 'wasi:clocks/monotonic-clock',
  'timers/promises': 'wasi:clocks/monotonic-clock',
  perf_hooks: 'wasi:clocks/monotonic-clock',
  http: 'wasi:http/outgoing-handler',
  https: 'wasi:http/outgoing-handler',
  http2: 'wasi:http/outgoing-handler',
  net: 'wasi:sockets/tcp-create-socket',
  tls: 'wasi:sockets/tcp-create-socket',
  dgram: 'wasi:sockets/udp-create-socket',
  dns: 'wasi:sockets/ip-name-lookup',
}
/** Where there is no interface, or none that a run has something behind. */
const otherwise: Readonly<Record<string, string>> = {
  fs: noFiles,
  'fs/promises': noFiles,
  buffer: noBuffer,
  url: 'URL and URLSearchParams are there without an import.',
  util: 'console, TextEncoder, TextDecoder and structuredClone are there without an import.',
  child_process: 'A component starts no other program: import a function that does it.',
  cluster: oneThread,
  worker_threads: oneThread,
}

const own = (record: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

function insteadOfModule(specifier: string): string {
  const name = specifier.replace(/^node:/, '')
  const wasi = own(interfaceInstead, name)
  if (wasi !== undefined && serves(wasi))
    return `The component has no Node: import ${wasi}@${release} in the world instead.`
  return own(otherwise, name) ?? 'The component has no Node: write what you need of it in a file of the project.'
}

/** Of a specifier that is no path and no interface of the world. `interfaces`: what the world imports. */
export function unknownModule(interfaces: readonly string[], specifier: string): Words {
  const same = interfaces.filter((name) => withoutVersion(name) === specifier)
  if (same.length > 1) {
    return {
      message: `"${specifier}" could be any of ${same.join(', ')}.`,
      next: 'Write the version that is meant.',
    }
  }
  if (specifier.startsWith('node:') || nodeModules.has(specifier)) {
    return { message: `"${specifier}" is a module of Node, which is not there.`, next: insteadOfModule(specifier) }
  }
  if (/^[a-z][a-z0-9-]*:/.test(specifier) && !/^(npm|jsr):/.test(specifier)) {
    const other = interfaces.find((name) => withoutVersion(name) === withoutVersion(specifier))
    if (other !== undefined) {
      return {
        message: `The world does not import ${specifier}; it imports ${other}.`,
        next: `Import "${other}", or change the world.`,
      }
    }
    const isBare = specifier.startsWith('wasi:') && withoutVersion(specifier) === specifier
    return {
      message: `The world does not import ${specifier}.`,
      next:
        specifier.startsWith('wasi:') && !serves(specifier)
          ? 'Do without it: a run has nothing behind this interface yet.'
          : `Add \`import ${specifier}${isBare ? `@${release}` : ''};\` to the world, or correct the name.`,
    }
  }
  if (/^[a-z]+:/.test(specifier)) {
    return {
      message: `"${specifier}" cannot be loaded: a component is made of the files of the project.`,
      next: 'Put the source in a file of the project and import that.',
    }
  }
  return {
    message: `"${specifier}" is not a file of the project and not an interface of the world.`,
    next: 'Packages cannot be imported; put the source in a file of the project and import that with ./ in front.',
  }
}

/** Of a path that leads to no module, and of an address. */
export function unknownFile(specifier: string, resolution: Exclude<Resolution, { kind: 'world' }>): Words {
  const name = JSON.stringify(specifier)
  switch (resolution.kind) {
    case 'missing':
      return { message: `There is no file for the import ${name}.`, next: 'Add the file, or correct the path.' }
    case 'outside':
      return { message: `The import ${name} leads out of the project.`, next: 'Correct the path.' }
    case 'address':
      return {
        message: `The import ${name} is an address, and nothing is fetched from the network.`,
        next: 'Copy the source into a file of the project and import that.',
      }
    case 'file':
      return {
        message: `${resolution.path} is neither TypeScript, JavaScript nor JSON.`,
        next: 'Import a .ts, .js or .json file; read other data in through the world.',
      }
  }
}

/** Of an import in the file `from`; undefined where it leads somewhere. */
export function importWords(
  from: string,
  specifier: string,
  has: (path: string) => boolean,
  interfaces: readonly string[],
): Words | undefined {
  const resolution = resolveImport(from, specifier, has)
  if (resolution.kind === 'file') return isModule(resolution.path) ? undefined : unknownFile(specifier, resolution)
  if (resolution.kind !== 'world') return unknownFile(specifier, resolution)
  return findInterface(interfaces, specifier) === undefined ? unknownModule(interfaces, specifier) : undefined
}

/** The version may be left out where that leaves no choice. */
export function findInterface(interfaces: readonly string[], specifier: string): string | undefined {
  if (interfaces.includes(specifier)) return specifier
  const [only, ...others] = interfaces.filter((name) => withoutVersion(name) === specifier)
  return others.length === 0 ? only : undefined
}
