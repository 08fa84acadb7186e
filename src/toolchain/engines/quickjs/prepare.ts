import { decodeWorld, UnknownEncoding } from '../../../component/decode-world.ts'
import type { World } from '../../../component/types.ts'
import { fail, type Outcome, succeed } from '../../../contract/fault.ts'
import { lineChanges } from '../../../contract/line-changes.ts'
import { splitAroundCoreModule } from '../../../wasm/components.ts'
import type { DeclaredWorld, Engine, HollowEngine, PreparedWorld, PrepareInput } from '../../engine.ts'
import { type GenerateOptions, type JcoTools, toolMessage } from '../../jco/tools.ts'
import { compileBinding } from './binding/compile.ts'
import { completeTypes } from './binding/guest-types.ts'
import { type Plan, planWorld } from './binding/plan.ts'
import { parseFacts } from './facts.ts'
import { engineId } from './variants.ts'

/** The half of the QuickJS engine that never sees guest code. */
export const quickJsEngine: Engine = { id: engineId, declare: declareWorld, prepare: prepareWorld }

/** The name under which the engine and the glue find each other while they are linked. */
const adapterName = 'glue'
/** jco calls the core modules `component.core.wasm`, `component.core2.wasm` and so on. */
const componentName = 'component'

/** `Engine.declare` of QuickJS. */
export function declareWorld(tools: JcoTools, input: PrepareInput): Outcome<DeclaredWorld> {
  const planned = planDeclared(tools, input)
  return planned.ok ? succeed(planned.value.declared) : planned
}

/** What is declared, with the plan that it is declared and bound by. */
function planDeclared(
  tools: JcoTools,
  input: PrepareInput,
): Outcome<{ readonly declared: DeclaredWorld; readonly plan: Plan }> {
  const { witSource } = input
  const dummy = attempt('wit', () => tools.componentEmbed({ dummy: true, witSource, ...choiceOf(input) }))
  if (!dummy.ok) return dummy
  const world = attempt('build', () => decodeWorld(dummy.value))
  if (!world.ok) return world
  const plan = planWorld(world.value)
  if (!plan.ok) return plan
  return attempt('build', () => ({
    declared: {
      world: world.value,
      guestTypes: completeTypes(declarations(tools, input), world.value, plan.value),
    },
    plan: plan.value,
  }))
}

/** `Engine.prepare` of QuickJS. */
export function prepareWorld(tools: JcoTools, hollow: HollowEngine, input: PrepareInput): Outcome<PreparedWorld> {
  const { witSource, version } = input
  const planned = planDeclared(tools, input)
  if (!planned.ok) return planned
  const { declared, plan } = planned.value
  const compiled = compileBinding(declared.world, plan, parseFacts(hollow.facts))
  if (!compiled.ok) return compiled
  const { binding, wasm } = compiled.value
  return attempt('build', () => {
    const glue = tools.componentEmbed({ binary: wasm, witSource, ...choiceOf(input) })
    const linked = tools.componentNew(hollow.wasm, [[adapterName, glue]])
    const component = tools.metadataAdd(linked, [
      ['language', [['JavaScript', '']]],
      ['processed-by', [['witcraft', version]]],
    ])
    const { before, core, after } = splitAroundCoreModule(component)
    return {
      engine: engineId,
      variant: hollow.variant,
      engineHash: hollow.hash,
      ...declared,
      transpiled: transpile(tools, component, core, declared.world),
      shell: { before: before.slice(), after: after.slice() },
      binding,
    }
  })
}

function transpile(
  tools: JcoTools,
  component: Uint8Array,
  engine: Uint8Array,
  world: World,
): PreparedWorld['transpiled'] {
  const files = generate(tools, component)
  const js = glueOf(files)
  const cores: Record<string, Uint8Array> = {}
  let engineCore: string | undefined
  for (const [name, bytes] of files) {
    if (!name.endsWith('.wasm')) continue
    if (engineCore === undefined && sameBytes(bytes, engine)) engineCore = name
    else cores[name] = bytes
  }
  if (engineCore === undefined) throw new Error("the bindings generator changed the engine's core module")
  if (!canWait(world)) return { js, cores, engineCore }
  // The imports stay as they are: jco would make each of them suspend always, and constructors cannot be suspended.
  const suspending = generate(tools, component, { tag: 'jspi', val: { imports: [], exports: suspendable(world) } })
  return { js, suspending: lineChanges(js, glueOf(suspending)), cores, engineCore }
}

const generate = (tools: JcoTools, component: Uint8Array, asyncMode?: GenerateOptions['asyncMode']) =>
  new Map(
    tools.generate(component, {
      name: componentName,
      instantiation: { tag: 'sync' },
      noTypescript: true,
      noNodejsCompat: true,
      tlaCompat: false,
      base64Cutoff: 0,
      validLiftingOptimization: false,
      tracing: false,
      map: [],
      // An export is found under its full name with version, which two interfaces never share.
      noNamespacedExports: false,
      ...(asyncMode && { asyncMode }),
    }).files,
  )

function glueOf(files: ReadonlyMap<string, Uint8Array>): string {
  const js = files.get(`${componentName}.js`)
  if (js === undefined) throw new Error('the bindings generator made no JavaScript')
  return disposeOfEach(keepByteOrderMarks(new TextDecoder().decode(js)))
}

/** Whoever waits does it through a pollable or a stream. */
const canWait = ({ imports }: World): boolean =>
  imports.some(({ kind, name }) => kind === 'interface' && /^wasi:io\/(?:poll|streams)@0\.2\./.test(name))

/** JavaScript cannot wait for a constructor: `new` gives the object at once. */
const suspendable = ({ exports }: World): string[] =>
  exports.flatMap((item) => {
    if (item.kind === 'function') return [item.name]
    if (item.kind !== 'interface') return []
    return item.functions
      .filter(({ name }) => !name.startsWith('[constructor]'))
      .map(({ name }) => `${item.name}#${name}`)
  })

/** jco decodes strings with a decoder that takes U+FEFF at their start for a mark of the encoding and drops it. */
const keepByteOrderMarks = (js: string): string =>
  js.replaceAll('= new TextDecoder();', "= new TextDecoder('utf-8', { ignoreBOM: true });")

/**
 * jco's function that drops a resource refers to its object and its handle by variables of the whole function: in a list
 * that of every object would drop the last one, or whatever has that number by then. They have to be those of the turn.
 */
const disposeOfEach = (js: string): string =>
  js.replaceAll(/\bvar (handle\d+ = [^;\n]*;\s*)var (rsc\d+ = new\.target\b)/g, 'const $1const $2')

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

/** The tools take a world by its name, and the only one without. */
const choiceOf = ({ world }: PrepareInput): { readonly world?: string } => (world === undefined ? {} : { world })

/** Ambient modules for the guest, by file. */
function declarations(tools: JcoTools, input: PrepareInput): Record<string, string> {
  const wit = { tag: 'source' as const, val: input.witSource }
  const files = tools.generateTypes('world', { wit, guest: true, ...choiceOf(input) })
  const decoder = new TextDecoder()
  return Object.fromEntries(files.map(([file, bytes]) => [file, decoder.decode(bytes)]))
}

/** Runs `work`; what the tools say about their input becomes a fault. */
function attempt<T>(stage: 'wit' | 'build', work: () => T): Outcome<T> {
  try {
    return succeed(work())
  } catch (error) {
    const next =
      stage === 'wit'
        ? 'Correct the WIT; the problems list has the place where it is known.'
        : 'Change the world to do without it.'
    if (error instanceof UnknownEncoding) {
      return fail({
        stage,
        message: 'The world has something in it that this version cannot read.',
        next,
        detail: error.message,
      })
    }
    const said = toolMessage(error)
    if (said === undefined) throw error
    return fail({ stage, message: sentence(said.message), next, detail: said.detail })
  }
}

const sentence = (text: string): string => {
  const start = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(start) ? start : `${start}.`
}
