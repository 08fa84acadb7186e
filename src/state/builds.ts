import { fail, succeed, type Fault, type Outcome } from '../contract/fault.ts'
import { defaultEngine, defaultEntry } from '../project/project.ts'
import type { RunSubject } from '../runner/runner.ts'
import type { PreparedWorld } from '../toolchain/engine.ts'
import type { CallOptions } from '../toolchain/toolchain.ts'
import { asError, setDiagnostics, type Context } from './context.ts'
import { compiledFiles, worldInput, worldKey } from './selectors.ts'
import type { Phase } from './state.ts'
import type { Worlds } from './worlds.ts'

export interface Build {
  readonly prepared: PreparedWorld
  readonly subject: RunSubject
  readonly phases: readonly Phase[]
  /** Gives the world to the editor and the call form. The type checker then has work, for which a run need not wait. */
  readonly show: () => void
}

/**
 * Makes everything that the sandbox needs for a run: source, world and engine, side by side. `since`: when the run began,
 * by `Services.now`.
 */
export function createBuilds(
  context: Context,
  worlds: Worlds,
): (options: CallOptions, since: number) => Promise<Outcome<Build>> {
  const { get, set, services } = context
  const { toolchain, now } = services
  /** The variant that the last source needed: most likely the next one needs it too. */
  let variant = 'base'
  let key = { content: '', name: '' }
  let keys = 0

  async function timed<T>(name: string, since: number, work: Promise<T>): Promise<{ result: T; phase: Phase }> {
    const begun = now()
    const result = await work
    return { result, phase: { name, room: 'page', at: begun - since, ms: now() - begun } }
  }

  return async function build(options, since) {
    if (!(await worlds.check())) {
      const first = get().diagnostics.wit.find((each) => each.severity === 'error')
      if (first) return fail(first)
    }
    const missing = whatIsMissing(context)
    if (missing) return fail(missing)

    const { signal } = options
    /** What an abandoned build finds out is of files that are no longer there, and that it was abandoned is no problem. */
    const tell: typeof setDiagnostics = (...problems) => {
      if (signal?.aborted !== true) setDiagnostics(...problems)
    }
    const { project } = get()
    const engineId = project.engine ?? defaultEngine
    const entry = project.entry ?? defaultEntry
    const guessed = variant
    const input = worldInput(get(), guessed)
    const forVariant = (name: string) =>
      Promise.all([
        timed('Prepare', since, toolchain.prepare({ ...input, variant: name }, options)),
        timed('Engine', since, toolchain.engine(engineId, name, options)),
      ])
    // First, so that it may come back before the page draws the edit.
    const compiling = timed('Source', since, toolchain.compile({ files: sources(context), entry }, options))
    // Nothing waits for the source: in nearly every build the guess about the variant is right.
    const guess = forVariant(guessed)
    // Nobody waits for it where the source fails first.
    guess.catch(() => undefined)
    const source = await compiling
    const compiled = source.result
    if (!compiled.ok) return compiled
    variant = compiled.value.variant
    tell(context, 'source', compiled.value.warnings)
    const [world, engine] = await (variant === guessed ? guess : forVariant(variant))
    const { result: prepared } = world
    const { result: image } = engine
    if (!prepared.ok) {
      tell(context, 'world', [asError(prepared.fault)])
      return prepared
    }
    if (!image.ok) return image

    tell(context, 'world', [])
    const base = worldKey({ ...input, variant: 'base' })
    const { world: shown, guestTypes } = prepared.value
    const show = (): void => {
      if (get().prepared?.key !== base) set({ prepared: { key: base, world: shown, guestTypes } })
    }

    const content = worldKey({ ...input, variant })
    if (key.content !== content) key = { content, name: `world-${++keys}` }
    const subject: RunSubject = {
      engine: engineId,
      imageKey: `${image.value.variant}-${image.value.hash}`,
      image: image.value,
      preparedKey: key.name,
      prepared: prepared.value,
      source: compiled.value.source,
    }
    return succeed({ prepared: prepared.value, subject, show, phases: [source.phase, world.phase, engine.phase] })
  }
}

function sources({ get }: Context): Record<string, string> {
  const { project } = get()
  const files: Record<string, string> = Object.create(null)
  for (const path of compiledFiles(project)) files[path] = project.files[path] ?? ''
  return files
}

function whatIsMissing({ get }: Context): Fault | undefined {
  const { project } = get()
  const entry = project.entry ?? defaultEntry
  if (project.files[entry] === undefined) {
    return {
      stage: 'project',
      message: `The project has no ${entry}, where its exports are expected.`,
      next: `Add ${entry}, or open an example.`,
    }
  }
  return undefined
}
