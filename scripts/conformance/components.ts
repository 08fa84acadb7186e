import type { HostImports, Instantiate, Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import { type Expectation, failed, type Settings, type Verdict } from './check.ts'
import { judge, openWorld } from './world.ts'

/** A component that exports wasi:cli/run, ready to be run again and again. */
export interface Command {
  run(settings: Settings, expected: Expectation): Promise<Verdict>
}

/** Makes an instance of a component with these imports; gives its exports. */
export type Instances = (imports: HostImports) => Promise<Readonly<Record<string, unknown>>>

/** Makes a component of any origin runnable in Node, as jco does it for the page. */
export const loadComponent = async (workshop: Workshop, component: Uint8Array): Promise<Instances> => {
  const { files } = workshop.tools.generate(component, {
    name: 'component',
    instantiation: { tag: 'async' },
    noTypescript: true,
    noNodejsCompat: true,
    tlaCompat: false,
    base64Cutoff: 0,
    validLiftingOptimization: false,
    tracing: false,
    map: [],
    noNamespacedExports: false,
  })
  const cores = new Map(
    files.flatMap(([name, bytes]) =>
      name.endsWith('.wasm') ? [[name, new WebAssembly.Module(new Uint8Array(bytes))] as const] : [],
    ),
  )
  const glue = files.find(([name]) => name === 'component.js')?.[1]
  const instantiate: Instantiate = await workshop.load(new TextDecoder().decode(glue))
  const moduleOf = (name: string): WebAssembly.Module => {
    const module = cores.get(name)
    if (module === undefined) throw new Error(`the glue asks for ${name}`)
    return module
  }
  return async (imports) => {
    const made = await instantiate(moduleOf, imports, (module, given) => new WebAssembly.Instance(module, given))
    return { ...Object(made) }
  }
}

export const loadCommand = async (workshop: Workshop, component: Uint8Array): Promise<Command> => {
  const instances = await loadComponent(workshop, component)
  return {
    run: async (settings, expected) => {
      const world = openWorld(settings)
      const run = runOf(await instances(world.imports))
      return run === undefined ? failed('it exports no wasi:cli/run') : judge(world, expected, run)
    },
  }
}

const runOf = (made: Readonly<Record<string, unknown>>): (() => unknown) | undefined => {
  const name = Object.keys(made).find((each) => each.startsWith('wasi:cli/run@'))
  const run: unknown = name === undefined ? undefined : Reflect.get(Object(made[name]), 'run')
  return typeof run === 'function' ? () => Reflect.apply(run, undefined, []) : undefined
}
