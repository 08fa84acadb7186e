import { mostMemory } from '../budget.ts'
import { createWasiHost, type WasiHost } from '../host.ts'
import { interfacesServed } from '../served.ts'
import type { WasiSettings } from '../settings.ts'

/** A guest's view of the files, for tests: calls go through the imports, as those of a component do. */
export class Handle {
  readonly inner: object
  constructor(inner: object) {
    this.inner = inner
  }
  #call(name: string, args: unknown[]): unknown {
    const method: unknown = Reflect.get(this.inner, name)
    if (typeof method !== 'function') throw new Error(`no ${name}`)
    const plain = args.map((arg) => (arg instanceof Handle ? arg.inner : arg))
    return Reflect.apply(method, this.inner, plain)
  }
  /** What the method gives; throws where it fails. */
  ok(name: string, ...args: unknown[]): unknown {
    try {
      return this.#call(name, args)
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown
      throw new Error(`${name} failed with ${JSON.stringify(thrown)}`, { cause: thrown })
    }
  }
  /** The payload that the method fails with. */
  err(name: string, ...args: unknown[]): unknown {
    let value: unknown
    try {
      value = this.#call(name, args)
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown
      return thrown
    }
    throw new Error(`${name} gave ${String(value)}`)
  }
  /** The resource that the method gives. */
  get(name: string, ...args: unknown[]): Handle {
    return new Handle(Object(this.ok(name, ...args)))
  }
  open(path: string, flags = 'read', how = '', follow = true): Handle {
    return this.get('openAt', { symlinkFollow: follow }, path, set(how), set(flags))
  }
  openErr(path: string, flags = 'read', how = '', follow = true): unknown {
    return this.err('openAt', { symlinkFollow: follow }, path, set(how), set(flags))
  }
  write(text: string, offset = 0n): unknown {
    return this.ok('write', new TextEncoder().encode(text), offset)
  }
  text(): string {
    const read: unknown = Reflect.get(Object(this.ok('read', 1n << 62n, 0n)), 0)
    if (!(read instanceof Uint8Array)) throw new Error('no bytes')
    return new TextDecoder().decode(read)
  }
  names(): string[] {
    const stream = this.get('readDirectory')
    const names: string[] = []
    for (;;) {
      const entry = stream.ok('readDirectoryEntry')
      if (entry === undefined) return names
      names.push(String(Reflect.get(Object(entry), 'name')))
    }
  }
  stat(path?: string, follow = false): Record<string, unknown> {
    const stat = path === undefined ? this.ok('stat') : this.ok('statAt', { symlinkFollow: follow }, path)
    return { ...Object(stat) }
  }
  drop(): void {
    const dispose: unknown = Reflect.get(this.inner, Symbol.dispose)
    if (typeof dispose === 'function') Reflect.apply(dispose, this.inner, [])
  }
}

/** `create mutateDirectory` as flags. */
const set = (names: string): Record<string, boolean> =>
  Object.fromEntries(names.split(' ').flatMap((name) => (name === '' ? [] : [[name, true]])))

export interface Guest {
  readonly host: WasiHost
  readonly dirs: readonly { readonly path: string; readonly dir: Handle }[]
  /** The first preopen. */
  readonly dir: Handle
  import(name: string): Handle
}

export const guest = (
  dirs: WasiSettings['dirs'] = { '/': {} },
  settings: WasiSettings = {},
  memory = mostMemory,
): Guest => {
  const host = createWasiHost(
    { ...settings, ...(dirs && { dirs }) },
    { write: () => {}, monotonic: () => 0n, today: () => 0, entropy: () => {}, memory },
  )
  const imports = host.imports(interfacesServed)
  const get = (name: string): Handle => new Handle(imports[name] ?? {})
  const list = get('wasi:filesystem/preopens').ok('getDirectories')
  if (!Array.isArray(list)) throw new Error('no list')
  const found = list.map((pair: unknown) => ({
    path: String(Reflect.get(Object(pair), 1)),
    dir: new Handle(Object(Reflect.get(Object(pair), 0))),
  }))
  return { host, dirs: found, dir: found[0]?.dir ?? new Handle({}), import: get }
}
