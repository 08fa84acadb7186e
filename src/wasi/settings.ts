import { type Dirs, parseDirs } from './filesystem/dirs.ts'
import { fail, succeed, type Outcome } from '../contract/fault.ts'
import { type HttpSettings, parseHttpSettings } from './http/routes.ts'
import { type Hosts, isHosts } from './sockets/names.ts'

export const terminalNames = ['stdin', 'stdout', 'stderr'] as const
export type TerminalName = (typeof terminalNames)[number]

/** The simulated world of a run, as far as it is served. Every field has a default. */
export interface WasiSettings {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** All of standard input; after it the stream is closed. Default: empty. */
  readonly stdin?: string
  readonly cwd?: string
  /** Preopened directories and their files. What a run does to them is gone with it. */
  readonly dirs?: Dirs
  /**
   * `auto` (default): virtual time; reading it takes a microsecond, computing takes none, and waiting jumps to the next
   * deadline. `frozen`: virtual time that never moves. `real`: the machine's clock. `start` is the ISO date of the wall
   * clock when the run starts, default 2025-01-01T00:00:00Z; in mode `real` the current time.
   */
  readonly clock?: { readonly mode: 'auto' | 'frozen' | 'real'; readonly start?: string }
  /** Default: the seed 0, so that every run is the same. */
  readonly random?: { readonly seed: number } | 'real'
  /** Canned answers for outgoing requests. Without a route that fits a request is denied. */
  readonly http?: HttpSettings
  /**
   * By package (`wasi:sockets`), interface (`wasi:cli/environment`) or function (`wasi:cli/environment#get-environment`,
   * `wasi:io/streams#[method]output-stream.write`); the most specific entry wins. What a component imports is allowed
   * unless an entry denies it, what it does not import is not there.
   */
  readonly policy?: Readonly<Record<string, 'allow' | 'deny'>>
  /** Which of the standard streams say that they are terminals. Default: none. */
  readonly terminal?: readonly TerminalName[]
  /** `hosts`: IP addresses by name. The run's own network has these names and addresses beside `localhost`. */
  readonly network?: { readonly hosts?: Hosts }
}

export const defaultStart = '2025-01-01T00:00:00Z'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isMode = (value: unknown): value is 'auto' | 'frozen' | 'real' =>
  value === 'auto' || value === 'frozen' || value === 'real'
const isDecision = (value: unknown): value is 'allow' | 'deny' => value === 'allow' || value === 'deny'
const isTerminalName = (value: unknown): value is TerminalName => terminalNames.some((name) => name === value)

const recordOf = <T>(value: unknown, is: (item: unknown) => item is T): value is Record<string, T> =>
  isRecord(value) && Object.values(value).every(is)

const wrong = (field: string, expected: string): Outcome<WasiSettings> =>
  fail({
    stage: 'project',
    message: `The setting "${field}" of the simulated world is not ${expected}.`,
    next: `Give "${field}" ${expected}, or leave it out for the default.`,
  })

/** An ISO 8601 date with its zone. Without one it is meant in UTC: a run must not depend on where it is made. */
const isoDate = (text: string): string | undefined => {
  const match = isoPattern.exec(text)
  if (match === null) return undefined
  const [, time, zone] = match
  const zoned = time === undefined || zone !== undefined ? text : `${text}Z`
  return Date.parse(zoned) >= 0 ? zoned : undefined
}
const isoPattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/

/** Reads settings from outside. Fields that are not known are left out. */
export const parseWasiSettings = (value: unknown): Outcome<WasiSettings> => {
  if (value === undefined) return succeed({})
  if (!isRecord(value)) return wrong('wasi', 'an object')
  const { args, env, stdin, cwd, dirs, clock, random, http, policy, terminal, network } = value
  if (args !== undefined && !(Array.isArray(args) && args.every(isText))) return wrong('args', 'a list of texts')
  if (env !== undefined && !recordOf(env, isText)) return wrong('env', 'an object of texts')
  if (stdin !== undefined && !isText(stdin)) return wrong('stdin', 'a text')
  if (cwd !== undefined && !isText(cwd)) return wrong('cwd', 'a text')
  if (policy !== undefined && !recordOf(policy, isDecision)) return wrong('policy', 'an object of "allow" and "deny"')
  if (terminal !== undefined && !(Array.isArray(terminal) && terminal.every(isTerminalName))) {
    return wrong('terminal', 'a list of "stdin", "stdout" and "stderr"')
  }
  if (network !== undefined && !isRecord(network)) return wrong('network', 'an object')
  const hosts = network?.hosts
  if (hosts !== undefined && !isHosts(hosts))
    return wrong('network.hosts', 'an object of lists of IP addresses by name')
  const readDirs = dirs === undefined ? undefined : parseDirs(dirs)
  if (readDirs && 'problem' in readDirs) {
    return fail({
      stage: 'project',
      message: `The setting "dirs" of the simulated world ${readDirs.problem}.`,
      next: 'Give it objects for folders and texts for files, or leave it out.',
    })
  }
  let readClock: WasiSettings['clock']
  if (clock !== undefined) {
    if (!isRecord(clock) || !isMode(clock.mode)) return wrong('clock.mode', '"auto", "frozen" or "real"')
    if (clock.start === undefined) readClock = { mode: clock.mode }
    else {
      const start = isText(clock.start) ? isoDate(clock.start) : undefined
      if (start === undefined) return wrong('clock.start', 'an ISO date since 1970, such as "2025-01-01T00:00:00Z"')
      readClock = { mode: clock.mode, start }
    }
  }
  let readRandom: WasiSettings['random']
  if (random === 'real') readRandom = 'real'
  else if (random !== undefined) {
    if (!isRecord(random) || typeof random.seed !== 'number' || !Number.isSafeInteger(random.seed)) {
      return wrong('random', '"real" or an object with a whole number as "seed"')
    }
    readRandom = { seed: random.seed }
  }
  const readHttp = http === undefined ? undefined : parseHttpSettings(http)
  if (typeof readHttp === 'string') {
    return fail({
      stage: 'project',
      message: `A setting of the simulated world is wrong: ${readHttp}.`,
      next: 'Mend the route in HTTP, or leave it out.',
    })
  }
  return succeed({
    ...(args === undefined ? {} : { args: args.filter(isText) }),
    ...(env === undefined ? {} : { env }),
    ...(stdin === undefined ? {} : { stdin }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(readDirs === undefined ? {} : { dirs: readDirs.dirs }),
    ...(policy === undefined ? {} : { policy }),
    ...(terminal === undefined ? {} : { terminal: terminal.filter(isTerminalName) }),
    ...(hosts === undefined ? {} : { network: { hosts } }),
    ...(readClock === undefined ? {} : { clock: readClock }),
    ...(readRandom === undefined ? {} : { random: readRandom }),
    ...(readHttp === undefined ? {} : { http: readHttp }),
  })
}
