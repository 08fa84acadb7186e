import { fail, type Fault, type Outcome } from '../contract/fault.ts'
import type { Toolchain } from './toolchain.ts'

const notLoaded = (error: unknown): Fault => ({
  stage: 'load',
  message: 'The tools were not started: a part of the page could not be loaded.',
  next: 'Check the connection and try again, or reload the page where it was updated meanwhile.',
  detail: String(error),
})

/** A toolchain whose code is fetched when something is first asked of it: what people see first does not wait for it. */
export function createLateToolchain(load: () => Promise<Toolchain>): Toolchain {
  // Kept: importing a module again takes a task of its own, before which the browser may draw a frame.
  let toolchain: Toolchain | undefined
  const ask = async <T>(question: (toolchain: Toolchain) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    if (toolchain === undefined) {
      try {
        toolchain = await load()
      } catch (error) {
        return fail(notLoaded(error))
      }
    }
    return question(toolchain)
  }
  const tell = (order: (toolchain: Toolchain) => void): void => {
    // Whoever asks next is told that nothing came.
    load().then(order, () => {})
  }
  return {
    declare: (input, options) => ask((toolchain) => toolchain.declare(input, options)),
    prepare: (input, options) => ask((toolchain) => toolchain.prepare(input, options)),
    compile: (input, options) => ask((toolchain) => toolchain.compile(input, options)),
    engine: (id, variant, options) => ask((toolchain) => toolchain.engine(id, variant, options)),
    core: (prepared, state) => ask((toolchain) => toolchain.core(prepared, state)),
    assemble: (prepared, core, options) => ask((toolchain) => toolchain.assemble(prepared, core, options)),
    warm: () => tell((toolchain) => toolchain.warm()),
    dispose: () => tell((toolchain) => toolchain.dispose()),
  }
}
