/** Programs of WASI preview1 in the text format: calls, what each has to give, and what is in memory afterwards. */

const i = 'i32'
const l = 'i64'
/** The functions of wasi_snapshot_preview1 that the programs use; each gives an errno except `proc_exit`. */
const signatures = {
  args_sizes_get: [i, i],
  args_get: [i, i],
  environ_sizes_get: [i, i],
  environ_get: [i, i],
  clock_res_get: [i, i],
  clock_time_get: [i, l, i],
  fd_advise: [i, l, l, i],
  fd_close: [i],
  fd_fdstat_get: [i, i],
  fd_filestat_get: [i, i],
  fd_filestat_set_size: [i, l],
  fd_filestat_set_times: [i, l, l, i],
  fd_pread: [i, i, i, l, i],
  fd_prestat_get: [i, i],
  fd_prestat_dir_name: [i, i, i],
  fd_pwrite: [i, i, i, l, i],
  fd_read: [i, i, i, i],
  fd_readdir: [i, i, i, l, i],
  fd_renumber: [i, i],
  fd_seek: [i, l, i, i],
  fd_sync: [i],
  fd_datasync: [i],
  fd_tell: [i, i],
  fd_write: [i, i, i, i],
  path_create_directory: [i, i, i],
  path_filestat_get: [i, i, i, i, i],
  path_filestat_set_times: [i, i, i, i, l, l, i],
  path_link: [i, i, i, i, i, i, i],
  path_open: [i, i, i, i, i, l, l, i, i],
  path_readlink: [i, i, i, i, i, i],
  path_remove_directory: [i, i, i],
  path_rename: [i, i, i, i, i, i],
  path_symlink: [i, i, i, i, i],
  path_unlink_file: [i, i, i],
  poll_oneoff: [i, i, i, i],
  proc_exit: [i],
  random_get: [i, i],
  sched_yield: [],
} as const satisfies Readonly<Record<string, readonly ('i32' | 'i64')[]>>

export type Call = keyof typeof signatures

/** `typenames.witx` of preview1. */
export const errno = {
  success: 0,
  badf: 8,
  exist: 20,
  inval: 28,
  isdir: 31,
  loop: 32,
  nametoolong: 37,
  noent: 44,
  notdir: 54,
  notempty: 55,
  perm: 63,
  rofs: 69,
  spipe: 70,
  notcapable: 76,
} as const
export type Errno = keyof typeof errno

/** A value of an argument: a number, or what stands in memory at an address when the call is made. */
export type Argument = number | bigint | { readonly at: number }

/** Where texts are put, and where programs may write. */
const firstText = 1024
export const scratch = 16384

export class Program {
  readonly #steps: string[] = []
  readonly #used = new Set<Call>()
  readonly #texts = new Map<string, number>()
  #end = firstText
  #number = 0

  /** The address and the length in bytes of a text. */
  text(value: string): readonly [address: number, length: number] {
    const { length } = new TextEncoder().encode(value)
    let address = this.#texts.get(value)
    if (address === undefined) {
      address = this.#end
      this.#texts.set(value, address)
      this.#end += Math.max(1, length)
    }
    return [address, length]
  }

  call(name: Call, args: readonly Argument[], gives: Errno | readonly Errno[] = 'success'): this {
    this.#used.add(name)
    const types: readonly string[] = signatures[name]
    if (args.length !== types.length) throw new Error(`${name} takes ${types.length} arguments`)
    const values = args.map((arg, index) =>
      typeof arg === 'object' ? `(i32.load (i32.const ${arg.at}))` : `(${types[index]}.const ${arg})`,
    )
    const call = `(call $${name} ${values.join(' ')})`
    if (name === 'proc_exit') this.#steps.push(call)
    else
      this.#expect(
        call,
        [gives].flat().map((each) => errno[each]),
        name,
      )
    return this
  }

  /** What stands in memory: 8, 32 or 64 bits without a sign. */
  holds(address: number, value: number | bigint, bits: 8 | 32 | 64 = 32): this {
    const load =
      bits === 64
        ? `(i32.wrap_i64 (i64.load (i32.const ${address})))`
        : bits === 8
          ? `(i32.load8_u (i32.const ${address}))`
          : `(i32.load (i32.const ${address}))`
    this.#expect(load, [Number(value)], `memory at ${address}`)
    return this
  }

  holdsText(address: number, value: string): this {
    new TextEncoder().encode(value).forEach((byte, index) => this.holds(address + index, byte, 8))
    return this
  }

  store(address: number, value: number | bigint, bits: 32 | 64 = 32): this {
    this.#steps.push(`(i${bits}.store (i32.const ${address}) (i${bits}.const ${value}))`)
    return this
  }

  /** A vector of one buffer at an address: `ciovec` and `iovec` are alike. */
  vector(address: number, [buffer, length]: readonly [number, number]): this {
    return this.store(address, buffer).store(address + 4, length)
  }

  /** Any instructions that leave nothing. */
  wat(text: string): this {
    this.#steps.push(text)
    return this
  }

  #expect(value: string, accepted: readonly number[], what: string): void {
    this.#number++
    const [address, length] = this.text(`step ${this.#number} (${what}) gave number `)
    const [first = 0, second = first] = accepted
    this.#steps.push(
      `(call $expect ${value} (i32.const ${first}) (i32.const ${second}) (i32.const ${address}) (i32.const ${length}))`,
    )
  }

  /** The core module. What is not as expected is written to stderr with its number, and ends the program. */
  module(): string {
    this.#used.add('fd_write')
    const imports = [...this.#used].map((name) => {
      const params = signatures[name].map((type) => ` ${type}`).join('')
      const result = name === 'proc_exit' ? '' : ' (result i32)'
      return `  (import "wasi_snapshot_preview1" "${name}" (func $${name} (param${params})${result}))`
    })
    const data = [...this.#texts].map(([value, address]) => `  (data (i32.const ${address}) "${escaped(value)}")`)
    return `(module
${imports.join('\n')}
  (memory (export "memory") 2)
${data.join('\n')}
  (func $say (param $address i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $address)) (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func $expect (param $is i32) (param $one i32) (param $other i32) (param $address i32) (param $length i32)
    (if (i32.and (i32.ne (local.get $is) (local.get $one)) (i32.ne (local.get $is) (local.get $other))) (then
      (call $say (local.get $address) (local.get $length))
      (i32.store8 (i32.const 16) (i32.add (i32.const 48) (i32.rem_u (i32.div_u (local.get $is) (i32.const 100)) (i32.const 10))))
      (i32.store8 (i32.const 17) (i32.add (i32.const 48) (i32.rem_u (i32.div_u (local.get $is) (i32.const 10)) (i32.const 10))))
      (i32.store8 (i32.const 18) (i32.add (i32.const 48) (i32.rem_u (local.get $is) (i32.const 10))))
      (call $say (i32.const 16) (i32.const 3))
      unreachable)))
  (func (export "_start")
    ${this.#steps.join('\n    ')}))`
  }
}

const escaped = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
