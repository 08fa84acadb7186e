/**
 * What the URL extension leaves out: `searchParams` of a URL, in step with its query in both directions, and search
 * parameters made of a record or of pairs. https://url.spec.whatwg.org/#api
 */
export const urlSource = String.raw`(runtime) => {
  const { URL: NativeURL, URLSearchParams: NativeParams } = globalThis
  const params = NativeParams.prototype
  const { getOwnPropertyDescriptor, defineProperty, getPrototypeOf, setPrototypeOf } = Object
  const { apply } = Reflect
  const { append, set, sort, keys, toString } = params
  const remove = params.delete
  const searchOf = getOwnPropertyDescriptor(NativeURL.prototype, 'search')
  const hrefOf = getOwnPropertyDescriptor(NativeURL.prototype, 'href')

  // Parameters to the URL that they belong to, and back.
  const owners = new WeakMap()
  const linked = new WeakMap()

  const fill = (target, init) => {
    if (typeof init[Symbol.iterator] === 'function') {
      for (const pair of init) {
        const both = [...pair]
        if (both.length !== 2) throw new TypeError('each pair of search parameters has a name and a value')
        apply(append, target, both)
      }
    } else for (const key of Object.keys(init)) apply(append, target, [key, init[key]])
    return target
  }
  const writeBack = (target) => {
    const url = owners.get(target)
    if (url) apply(searchOf.set, url, [apply(toString, target, [])])
  }
  // The native classes stay as they are: ours stand in front of them.
  class Params extends NativeParams {
    constructor(init) {
      const isObject = (typeof init === 'object' && init !== null) || typeof init === 'function'
      super(isObject || init === undefined ? '' : String(init))
      if (getPrototypeOf(this) !== new.target.prototype) setPrototypeOf(this, new.target.prototype)
      if (isObject) fill(this, init)
    }
    append(name, value) {
      apply(append, this, [name, value])
      writeBack(this)
    }
    delete(name, ...value) {
      apply(remove, this, [name, ...value])
      writeBack(this)
    }
    set(name, value) {
      apply(set, this, [name, value])
      writeBack(this)
    }
    sort() {
      apply(sort, this, [])
      writeBack(this)
    }
  }
  defineProperty(Params, 'name', { value: 'URLSearchParams', configurable: true })

  const refresh = (url) => {
    const target = linked.get(url)
    if (!target) return
    for (const key of [...apply(keys, target, [])]) apply(remove, target, [key])
    for (const [name, value] of new NativeParams(apply(searchOf.get, url, []))) apply(append, target, [name, value])
  }
  class WitcraftURL extends NativeURL {
    constructor(url, base) {
      super(...(base === undefined ? [url] : [url, base]))
      if (getPrototypeOf(this) !== new.target.prototype) setPrototypeOf(this, new.target.prototype)
    }
    get href() {
      return apply(hrefOf.get, this, [])
    }
    set href(value) {
      apply(hrefOf.set, this, [value])
      refresh(this)
    }
    get search() {
      return apply(searchOf.get, this, [])
    }
    set search(value) {
      apply(searchOf.set, this, [value])
      refresh(this)
    }
    get searchParams() {
      let target = linked.get(this)
      if (target === undefined) {
        target = new Params(apply(searchOf.get, this, []))
        owners.set(target, this)
        linked.set(this, target)
      }
      return target
    }
    static parse(url, base) {
      try {
        return new WitcraftURL(url, base)
      } catch {
        return null
      }
    }
  }
  defineProperty(WitcraftURL, 'name', { value: 'URL', configurable: true })
  runtime.define(globalThis, { URL: WitcraftURL, URLSearchParams: Params })

  // How the console shows them.
  const parts = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
    'searchParams', 'hash']
  runtime.views.push((value) => {
    if (value instanceof NativeURL && value !== WitcraftURL.prototype) {
      return { name: 'URL', entries: parts.map((part) => [part, value[part]]), mark: ': ' }
    }
    if (value instanceof NativeParams && value !== Params.prototype) return { name: 'URLSearchParams', entries: [...value], mark: ' => ' }
    return undefined
  })
}`
