import type { World } from '../../../component/types.ts'

/**
 * The JavaScript module that hands the WASI functions that a world imports to the runtime. Only what is there is named,
 * at whatever patch of 0.2 the world has.
 */

/** What the runtime knows a function by, the interface that it is in, and how it is reached in JavaScript. */
const wanted = [
  { service: 'stdout', interface: 'wasi:cli/stdout', function: 'get-stdout', export: 'getStdout' },
  { service: 'stderr', interface: 'wasi:cli/stderr', function: 'get-stderr', export: 'getStderr' },
  { service: 'wallNow', interface: 'wasi:clocks/wall-clock', function: 'now', export: 'now' },
  { service: 'monotonicNow', interface: 'wasi:clocks/monotonic-clock', function: 'now', export: 'now' },
  {
    service: 'subscribeDuration',
    interface: 'wasi:clocks/monotonic-clock',
    function: 'subscribe-duration',
    export: 'subscribeDuration',
  },
  { service: 'randomBytes', interface: 'wasi:random/random', function: 'get-random-bytes', export: 'getRandomBytes' },
  { service: 'randomU64', interface: 'wasi:random/random', function: 'get-random-u64', export: 'getRandomU64' },
  {
    service: 'insecureU64',
    interface: 'wasi:random/insecure',
    function: 'get-insecure-random-u64',
    export: 'getInsecureRandomU64',
  },
  {
    service: 'insecureSeed',
    interface: 'wasi:random/insecure-seed',
    function: 'insecure-seed',
    export: 'insecureSeed',
  },
] as const

/** `modules` are the specifiers of the import modules that there are. */
export function servicesModule(world: World, modules: readonly string[]): string {
  const lines: string[] = []
  const services: string[] = []
  let version: string | undefined
  for (const item of world.imports) {
    if (item.kind !== 'interface') continue
    const [, name, found] = /^(wasi:[a-z0-9-]+\/[a-z0-9-]+)@(0\.2\.\d+)$/.exec(item.name) ?? []
    if (name === undefined || !modules.includes(item.name)) continue
    version ??= found
    for (const entry of wanted) {
      if (entry.interface !== name || !item.functions.some((each) => each.name === entry.function)) continue
      if (services.includes(entry.service)) continue
      services.push(entry.service)
      lines.push(`import { ${entry.export} as ${entry.service} } from ${JSON.stringify(item.name)};`)
    }
  }
  lines.push(`__witcraft.connect({ ${services.join(', ')} }, ${JSON.stringify(version) ?? 'undefined'});`)
  return `${lines.join('\n')}\n`
}
