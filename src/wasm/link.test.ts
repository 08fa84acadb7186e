import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseCoreModule } from './core-module.ts'
import { assemble, body, call, custom, functionType } from './example-module.ts'
import { mainModule, sideModule, sideSections } from './example-side-module.ts'
import { linkSideModule, readDylink, Unlinkable, type LinkedModule } from './link.ts'
import { MalformedBinary } from './reader.ts'
import { section, vectorSection, type Bytes } from './writer.ts'

const options = { memoryBase: 1024, prefix: 'side_' }

function memoryOf(instance: WebAssembly.Instance): Uint8Array {
  const { memory } = instance.exports
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('no memory')
  return new Uint8Array(memory.buffer)
}

function run(linked: LinkedModule): WebAssembly.Instance {
  const module = new WebAssembly.Module(linked.bytes)
  const instance = new WebAssembly.Instance(module, { host: { log: (value: number) => value } })
  for (const { address, bytes } of linked.data) memoryOf(instance).set(bytes, address)
  if (linked.start !== undefined) call(instance, linked.start)
  return instance
}

describe('readDylink', () => {
  it('reads what a side module needs', () => {
    expect(readDylink(sideModule)).toEqual({
      memorySize: 64,
      memoryAlignment: 16,
      tableSize: 1,
      tableAlignment: 4,
      needed: ['c'],
    })
    expect(readDylink(mainModule)).toBeUndefined()
  })

  it('goes past what it does not know', () => {
    expect(readDylink(assemble(custom('dylink.0', [4, 2, 9, 9, 1, 4, 8, 0, 0, 0])))?.memorySize).toBe(8)
  })

  it('refuses sizes that do not fit', () => {
    expect(() => readDylink(assemble(custom('dylink.0', [1, 5, 8, 0, 0, 0, 0])))).toThrow(MalformedBinary)
    expect(() => readDylink(assemble(custom('dylink.0', [1, 4, 8, 40, 0, 0])))).toThrow(MalformedBinary)
    expect(() => readDylink(assemble(custom('dylink.0', [4, 9])))).toThrow(MalformedBinary)
  })
})

describe('linkSideModule', () => {
  const linked = linkSideModule(mainModule, sideModule, options)

  it('makes one module, and says what is missing', () => {
    expect(WebAssembly.validate(linked.bytes)).toBe(true)
    expect(linked.unresolved).toEqual(['missing', 'apply', 'GOT.func.nowhere'])
    expect(linked.memorySize).toBe(64)
    expect(linked.data).toEqual([
      { address: 1024, bytes: Uint8Array.of(5, 6) },
      { address: 1032, bytes: Uint8Array.of(7) },
    ])
  })

  it('calls functions across', () => {
    const instance = run(linked)
    expect(call(instance, 'side_quadruple', 5)).toBe(20)
    expect(call(instance, 'side_own')).toBe(77)
    expect(call(instance, 'twice', 5)).toBe(10)
  })

  it('runs what was the start function only when asked', () => {
    expect(linked.start).toBe('side___wasm_start')
    expect(memoryOf(run(linked))[1024 + 16]).toBe(42)
    const { start: _, ...bare } = linked
    expect(memoryOf(run({ ...bare, start: undefined }))[1024 + 16]).toBe(0)
  })

  it('gives each function one address, in main or in the side module', () => {
    const instance = run(linked)
    // The table of main has three elements; the side module's one stands at 4, aligned, and `own` after it. `negate` was
    // there already, at 1. `side_data` is 8 bytes from the memory base.
    expect(call(instance, 'side_addresses')).toBe(1 + 5 * 100 + 1032 * 10_000)
    expect(call(instance, 'apply', 4, 9)).toBe(36)
    expect(call(instance, 'apply', 1, 9)).toBe(-9)
    expect(parseCoreModule(linked.bytes).tables[0]?.limits.minimum).toBe(6)
  })

  it('traps where something unresolved is called', () => {
    expect(() => call(run(linked), 'side_broken', 1)).toThrow(WebAssembly.RuntimeError)
  })

  it('links one side module after the other', () => {
    const twice = linkSideModule(linked.bytes, sideModule, { memoryBase: 2048, prefix: 'next_' })
    const instance = run(twice)
    expect(call(instance, 'next_quadruple', 5)).toBe(20)
    expect(call(instance, 'side_quadruple', 5)).toBe(20)
    expect(memoryOf(instance)[2048 + 16]).toBe(42)
  })

  it('leaves no type twice', () => {
    const { types } = parseCoreModule(linked.bytes)
    const texts = types.map((type) => JSON.stringify(type))
    expect(new Set(texts).size).toBe(texts.length)
  })

  const changed = (change: Readonly<Record<string, Bytes[]>>): Uint8Array =>
    assemble(...Object.values({ ...sideSections, ...change }))

  it.each([
    ['that is no side module', () => linkSideModule(mainModule, mainModule, options)],
    ['at an address that is not aligned', () => linkSideModule(mainModule, sideModule, { ...options, memoryBase: 1 })],
    [
      'into a main module without a table',
      () => linkSideModule(assemble(vectorSection(5, [[0, 1]])), sideModule, options),
    ],
    ['with passive data', () => linkSideModule(mainModule, changed({ data: vectorSection(11, [[1, 0]]) }), options)],
    [
      'with passive elements',
      () => linkSideModule(mainModule, changed({ element: vectorSection(9, [[1, 0, 0]]) }), options),
    ],
    [
      'with globals of 64 bits',
      () => linkSideModule(mainModule, changed({ global: vectorSection(6, [[0x7e, 0, 0x42, 0, 0x0b]]) }), options),
    ],
  ])('refuses a module %s', (_, attempt) => {
    expect(attempt).toThrow(Unlinkable)
  })

  it('refuses instructions that it does not know, and says where', () => {
    const bytes = assemble(
      custom('dylink.0', [1, 4, 0, 0, 0, 0]),
      vectorSection(1, [functionType([], [])]),
      vectorSection(3, [[0]]),
      vectorSection(10, [body(0x01, 0xfe, 0x03, 0x00)]),
    )
    const offset = bytes.indexOf(0xfe)
    const attempt = (): unknown => linkSideModule(mainModule, bytes, options)
    expect(attempt).toThrow(MalformedBinary)
    expect(attempt).toThrow(expect.objectContaining({ offset }))
  })

  it('refuses indices of nothing', () => {
    expect(() => linkSideModule(mainModule, changed({ start: section(8, [[99]]) }), options)).toThrow(MalformedBinary)
    const bytes = changed({ function: vectorSection(3, [[9], [2], [0], [2], [1]]) })
    expect(() => linkSideModule(mainModule, bytes, options)).toThrow(MalformedBinary)
  })
})

const extensions = ['encoding', 'structured-clone', 'url', 'headers', 'crypto']
const folder = 'node_modules/quickjs-wasi'

describe.skipIf(!existsSync(`${folder}/quickjs.wasm`))('the extensions of an engine', () => {
  const read = (path: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(`${folder}/${path}`))

  it('link into it, one after the other', () => {
    let bytes = read('quickjs.wasm')
    let memoryBase = 2 ** 21
    const unresolved: Record<string, number> = {}
    for (const name of extensions) {
      const linked = linkSideModule(bytes, read(`extensions/${name}/${name}.so`), { memoryBase, prefix: `${name}_` })
      expect(WebAssembly.validate(linked.bytes)).toBe(true)
      bytes = linked.bytes
      memoryBase += Math.ceil(linked.memorySize / 64) * 64
      unresolved[name] = linked.unresolved.length
    }
    expect(unresolved).toMatchObject({ encoding: 0, 'structured-clone': 0, headers: 0 })
    expect(unresolved['url']).toBeGreaterThan(0)
  })
  it('work once they are linked', () => {
    const engine = read('quickjs.wasm')
    // The extensions' data goes to where malloc put it, in an engine whose memory develops in the same way.
    const before = engineOf(engine)
    const extensions = ['encoding', 'url'].map((name) => {
      const bytes = read(`extensions/${name}/${name}.so`)
      const size = (readDylink(bytes)?.memorySize ?? 0) + 16
      const address = Number(before.call('malloc', size))
      return { name, bytes, size, address, memoryBase: Math.ceil(address / 16) * 16 }
    })
    let bytes = engine
    const linked = extensions.map(({ name, bytes: side, memoryBase }) => {
      const result = linkSideModule(bytes, side, { memoryBase, prefix: `${name}_` })
      bytes = result.bytes
      return { ...result, name }
    })
    const after = engineOf(bytes)
    for (const { size, address } of extensions) {
      expect(after.call('malloc', size)).toBe(address)
      after.memory().fill(0, address, address + size)
    }
    for (const { name, data, start } of linked) {
      for (const { address, bytes } of data) after.memory().set(bytes, address)
      if (start !== undefined) after.call(start)
      after.call(`${name}___wasm_apply_data_relocs`)
      const [context, runtime] = [after.call('qjs_get_context_ptr'), after.call('qjs_get_runtime_ptr')]
      expect(after.call(`${name}_qjs_ext_${name}_init`, Number(context), Number(runtime))).toBe(0)
    }
    expect(after.evaluate('1 + 1')).toBe(2)
    expect(after.evaluate('new TextEncoder().encode("\u20ac").length')).toBe(3)
    expect(after.evaluate('new URL("../c?d#e", "https://h.example/a/b/").pathname.length')).toBe('/a/c'.length)
    expect(after.evaluate('[...new URLSearchParams("a=1&a=2")].length')).toBe(2)
  })

  function engineOf(bytes: Uint8Array<ArrayBuffer>): {
    call: (name: string, ...given: number[]) => unknown
    memory: () => Uint8Array
    evaluate: (source: string) => number
  } {
    const imports: Record<string, Record<string, () => number>> = {}
    for (const { module, name } of parseCoreModule(bytes).imports) (imports[module] ??= {})[name] = () => 0
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports)
    const invoke = (name: string, ...given: number[]): unknown => call(instance, name, ...given)
    const text = (source: string): number => {
      const encoded = new TextEncoder().encode(`${source}\0`)
      const at = Number(invoke('malloc', encoded.length))
      memoryOf(instance).set(encoded, at)
      return at
    }
    invoke('_initialize')
    expect(invoke('qjs_init')).toBe(0)
    return {
      call: invoke,
      memory: () => memoryOf(instance),
      evaluate: (source) => {
        const result = Number(invoke('qjs_eval', text(source), source.length, text('test.js'), 0))
        expect(invoke('qjs_is_exception', result)).toBe(0)
        // A small number stands in the low half of a value.
        return new DataView(memoryOf(instance).buffer).getInt32(result, true)
      },
    }
  }
})
