import { describe, expect, it } from 'vitest'
import { branchIf, I32, i32, leave, ModuleBuilder, repeat, select, when } from './emitter.ts'

function run(build: (module: ModuleBuilder) => void, imports: WebAssembly.ModuleImports = {}) {
  const module = new ModuleBuilder()
  build(module)
  const memory = new WebAssembly.Memory({ initial: 1 })
  const bytes = new Uint8Array(module.encode())
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory }, host: imports })
  return (name: string, ...values: number[]): unknown => {
    const found = exports[name]
    if (typeof found !== 'function') throw new TypeError(`no export ${name}`)
    return found(...values)
  }
}

describe('an emitted module', () => {
  it('loops, branches and calls what it imports', () => {
    const seen: number[] = []
    const call = run(
      (module) => {
        const note = module.importFunction('host', 'note', [I32], [])
        const sum = module.function([I32], [I32])
        const count = sum.parameter(0)
        const total = sum.local(I32)
        sum.body(
          repeat([
            [count.get, i32.eqz, branchIf(1)],
            when([count.get, i32.const(3), i32.eq], [count.get, note]),
            [total.get, count.get, i32.add, total.set],
            [count.get, i32.const(1), i32.sub, count.set],
          ]),
          total.get,
        )
        module.export('sum', sum)
      },
      { note: (value: number) => seen.push(value) },
    )
    expect(call('sum', 100)).toBe(5050)
    expect(seen).toEqual([3])
  })

  it('selects by number and traps beyond the last', () => {
    const call = run((module) => {
      const made = module.function([I32], [I32])
      made.body(
        select(
          made.parameter(0).get,
          [10, 20, 30].map((value) => [i32.const(value), leave]),
        ),
      )
      module.export('pick', made)
    })
    expect([0, 1, 2].map((index) => call('pick', index))).toEqual([10, 20, 30])
    expect(() => call('pick', 3)).toThrow(WebAssembly.RuntimeError)
    expect(() => call('pick', -1)).toThrow(WebAssembly.RuntimeError)
  })

  it('lets functions call each other before they have bodies', () => {
    const call = run((module) => {
      const even = module.function([I32], [I32])
      const odd = module.function([I32], [I32])
      const [n, m] = [even.parameter(0).get, odd.parameter(0).get]
      even.body(when([n, i32.eqz], [i32.const(1), leave]), [n, i32.const(1), i32.sub, odd.call])
      odd.body(when([m, i32.eqz], [i32.const(0), leave]), [m, i32.const(1), i32.sub, even.call])
      module.export('even', even)
    })
    expect([call('even', 10), call('even', 7)]).toEqual([1, 0])
  })

  it('refuses an import after the first function: the numbers of functions would change', () => {
    const module = new ModuleBuilder()
    module.function([], [])
    expect(() => module.importFunction('host', 'late', [], [])).toThrow('late')
  })
})
