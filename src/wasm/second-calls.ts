import { type Signature, valueTypes } from './core-types.ts'
import { sectionIds } from './sections.ts'
import { type Bytes, concat, name, uleb, vectorSection } from './writer.ts'

const { core } = sectionIds
const [preamble, voidBlock, end] = [[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], 0x40, 0x0b] as const
const op = { if: 0x04, call: 0x10, localGet: 0x20, localSet: 0x21, globalGet: 0x23 } as const

/** What the module imports, all from the module ``: the functions by their index, and these two. */
export const waitingImport = 'waiting'
export const waitImport = 'wait'

/**
 * A module that exports, under `0`, `1`…, a function for each imported one, of the same signature: it calls it, and where
 * the global `waiting` is not 0 after that, calls `wait` and then the function once more with the same arguments. What
 * the second call gives is the result.
 *
 * `wait` may suspend the computation (https://webassembly.github.io/js-promise-integration): only WebAssembly may be on
 * the stack between it and whoever called the computation, so this cannot be JavaScript; and a function that suspends
 * cannot even be called where nothing can be suspended, so it is called only where there is something to wait for.
 */
export function secondCalls(signatures: readonly Signature[]): Uint8Array<ArrayBuffer> {
  const functionType = ([params, results]: Signature): Bytes => [
    0x60,
    ...uleb(params.length),
    ...params,
    ...uleb(results.length),
    ...results,
  ]
  const imported = (field: string, type: Bytes): Bytes => [...name(''), ...name(field), ...type]
  const count = signatures.length
  return concat([
    preamble,
    ...vectorSection(core.type, [[0x60, 0, 0], ...signatures.map(functionType)]),
    ...vectorSection(core.import, [
      ...signatures.map((_, index) => imported(String(index), [0, ...uleb(index + 1)])),
      imported(waitImport, [0, 0]),
      imported(waitingImport, [3, valueTypes.i32, 1]),
    ]),
    ...vectorSection(
      core.function,
      signatures.map((_, index) => uleb(index + 1)),
    ),
    ...vectorSection(
      core.export,
      signatures.map((_, index) => [...name(String(index)), 0, ...uleb(count + 1 + index)]),
    ),
    ...vectorSection(
      core.code,
      signatures.map((signature, index) => body(signature, index, count)),
    ),
  ])
}

function body([params, results]: Signature, callee: number, wait: number): Bytes {
  const locals = results.map((_, index) => uleb(params.length + index))
  // The last result is on top of the stack.
  const store = locals.toReversed().flatMap((local) => [op.localSet, ...local])
  const call = [...params.flatMap((_, index) => [op.localGet, ...uleb(index)]), op.call, ...uleb(callee), ...store]
  const code = [
    ...uleb(results.length),
    ...results.flatMap((type) => [1, type]),
    ...call,
    op.globalGet,
    0,
    op.if,
    voidBlock,
    op.call,
    ...uleb(wait),
    ...call,
    end,
    ...locals.flatMap((local) => [op.localGet, ...local]),
    end,
  ]
  return [...uleb(code.length), ...code]
}
