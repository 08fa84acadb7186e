import { valueTypes } from './core-module.ts'
import { concat, name, sleb, section, uleb, vectorSection, type Bytes } from './writer.ts'

// Modules that the tests put together byte by byte.

const { i32, i64, f32, f64 } = valueTypes

export const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
export const componentPreamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]

export function assemble(...sections: readonly Bytes[][]): Uint8Array<ArrayBuffer> {
  return concat([preamble, ...sections.flat()])
}

export function component(...sections: readonly Bytes[][]): Uint8Array<ArrayBuffer> {
  return concat([componentPreamble, ...sections.flat()])
}

export function custom(title: string, content: Bytes): Bytes[] {
  return section(0, [name(title), content])
}

export function functionType(parameters: readonly number[], results: readonly number[]): number[] {
  return [0x60, ...uleb(parameters.length), ...parameters, ...uleb(results.length), ...results]
}

/** A function body without locals; the final `end` is put in. */
export function body(...code: readonly number[]): number[] {
  const whole = [0, ...code, 0x0b]
  return [...uleb(whole.length), ...whole]
}

export function exported(title: string, kind: number, index: number): number[] {
  return [...name(title), kind, ...uleb(index)]
}

export const exampleSections = {
  type: vectorSection(1, [
    functionType([], [i32]),
    functionType([i32, i32], []),
    functionType([i32], [i32]),
    functionType([i64, f32, f64], []),
  ]),
  import: vectorSection(2, [[...name('env'), ...name('tick'), 0, 0]]),
  function: vectorSection(3, [[1], [2], [0], [2], [3]]),
  table: vectorSection(4, [[0x70, 0x01, 2, 2]]),
  memory: vectorSection(5, [[0x01, 1, 8]]),
  global: vectorSection(6, [
    [i32, 1, 0x41, ...sleb(-7), 0x0b],
    [i32, 0, 0x41, ...sleb(1000), 0x0b],
    [i64, 1, 0x42, 0, 0x0b],
    [f32, 1, 0x43, 0, 0, 0, 0, 0x0b],
    [f64, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b],
  ]),
  export: vectorSection(7, [
    exported('store', 0, 1),
    exported('load', 0, 2),
    exported('bump', 0, 3),
    exported('grow', 0, 4),
    exported('keep', 0, 5),
    exported('memory', 2, 0),
  ]),
  element: vectorSection(9, [[0, 0x41, 0, 0x0b, 2, 1, 2]]),
  dataCount: section(12, [uleb(1)]),
  code: vectorSection(10, [
    body(0x20, 0, 0x20, 1, 0x36, 2, 0), // store: i32.store
    body(0x20, 0, 0x28, 2, 0), // load: i32.load
    body(0x23, 0, 0x10, 0, 0x6a, 0x24, 0, 0x23, 0), // bump: adds what tick answers to global 0
    body(0x20, 0, 0x40, 0), // grow: memory.grow
    body(0x20, 0, 0x24, 2, 0x20, 1, 0x24, 3, 0x20, 2, 0x24, 4), // keep: sets the other globals
  ]),
  data: vectorSection(11, [[0, 0x41, 16, 0x0b, 4, 1, 2, 3, 4]]),
  custom: custom('note', [1, 2, 3]),
}

/** Imports `env.tick`; exports functions that change the memory and the globals. Every section but `start` is there. */
export const exampleModule = assemble(...Object.values(exampleSections))

/** The example without some of its sections. */
export function exampleWithout(...left: readonly (keyof typeof exampleSections)[]): Uint8Array<ArrayBuffer> {
  const kept = Object.entries(exampleSections).filter(([title]) => !left.some((name) => name === title))
  return assemble(...kept.map(([, section]) => section))
}

export function instantiate(bytes: Uint8Array<ArrayBuffer>, tick = 1): WebAssembly.Instance {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { tick: () => tick } })
}

/** Calls an exported function; what is not one fails the test. */
export function call(instance: WebAssembly.Instance, name: string, ...given: readonly (number | bigint)[]): unknown {
  const found = instance.exports[name]
  if (typeof found !== 'function') throw new TypeError(`no function ${name}`)
  return found(...given)
}
