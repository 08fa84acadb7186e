import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Made, TestWorld, Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import { compileTypeScript } from '../../src/toolchain/languages/typescript/compile.ts'
import { interfacesServed } from '../../src/wasi/served.ts'
import { root } from '../setup.mjs'
import type { Check, Expectation, Settings } from './check.ts'
import { importsOf, wasiPackages } from './wit.ts'
import { ask, type Asked, type Told } from './incoming.ts'
import { judge, openWorld, type World } from './world.ts'

/** What a guest says of each of its checks. */
interface Rule extends Expectation {
  readonly of: readonly string[]
  readonly says: string
  readonly settings?: Settings
  readonly request?: Asked
  readonly response?: Told
}

const folder = join(root, 'scripts/conformance/guests')
/** What the programs share. */
const shared = new Set(['check', 'connections'])

/** The program that exports a handler of requests beside its checks. */
const handlerProgram = 'http-handler'

const guestWorld = (more = ''): string => `package conformance:guest;
world guest {
${importsOf(interfacesServed)}  export checks: func() -> string;
  export run: func(index: u32) -> result<_, string>;
${more}}
${wasiPackages()}`

/** The files of one program as the toolchain compiles them, with an entry that hands out its checks. */
const compile = (name: string) => {
  const files = Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
  const handler = name === handlerProgram ? `export { incomingHandler } from './${name}.ts'\n` : ''
  const entry = `import './${name}.ts'\n${handler}export { checks, run } from './check.ts'\n`
  const compiled = compileTypeScript({ ...files, 'main.ts': entry }, 'main.ts')
  if (!compiled.ok) throw new Error(`${name}: ${compiled.fault.message} ${JSON.stringify(compiled.fault.place)}`)
  return compiled.value.source
}

/** The checks that are written in TypeScript. Each is run in an instance and a world of its own. */
export const typescriptChecks = async (workshop: Workshop): Promise<readonly Check[]> => {
  const world = await workshop.world(guestWorld())
  const handlers = await workshop.world(guestWorld('  export wasi:http/incoming-handler@0.2.12;\n'))
  const names = readdirSync(folder).map((file) => basename(file, '.ts'))
  const programs = names.filter((name) => !shared.has(name)).toSorted()
  return (await Promise.all(programs.map((name) => checksOf(name === handlerProgram ? handlers : world, name)))).flat()
}

const checksOf = async (world: TestWorld, name: string): Promise<readonly Check[]> => {
  const start = world.guest(compile(name))
  const { exports } = await start(openWorld({}).imports)
  const rules: readonly Rule[] = JSON.parse(exports.checks())
  return rules.map(({ of, says, settings = {}, request, response, ...expected }, index) => ({
    of,
    says,
    guest: 'TypeScript',
    run: async () => {
      const opened = openWorld(settings)
      const made = await start(opened.imports)
      return judge(opened, expected, () => finish(made, opened, index, request, response))
    },
  }))
}

/** What the guest could not catch says more than the trap that it ends with. */
const finish = (made: Made, world: World, index: number, request?: Asked, response?: Told): void => {
  try {
    made.exports.run(index)
    if (request !== undefined) ask(world, made.exports['wasi:http/incoming-handler@0.2.12'].handle, request, response)
  } catch (error) {
    const left = made.uncaught()
    if (left === undefined) throw error
    throw new Error(`${left.kind}: ${left.message}`, { cause: error })
  }
}
