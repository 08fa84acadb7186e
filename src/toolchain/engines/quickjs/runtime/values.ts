/**
 * Values and resources: what the glue asks of JavaScript while it converts arguments and results. The same form as the
 * other parts of the runtime: a function of `runtime` that fills `runtime.helpers`.
 */
export const valuesSource = String.raw`(runtime) => {
  const { helpers, isLack } = runtime
  const { captureStackTrace, isError = (value) => value instanceof Error } = Error
  const { hasOwn } = Object

  runtime.imports = []
  if (Symbol.dispose === undefined) {
    Object.defineProperty(Symbol, 'dispose', { value: Symbol('Symbol.dispose') })
  }

  // ---- errors of conversions

  const show = (value) => {
    switch (typeof value) {
      case 'string': {
        const text = JSON.stringify(value)
        return text.length > 60 ? text.slice(0, 59) + '…"' : text
      }
      case 'bigint':
        return value + 'n'
      case 'function':
        return 'a function'
      case 'symbol':
        return 'a symbol'
      case 'object': {
        if (value === null) return 'null'
        if (Array.isArray(value)) return 'an array'
        const name = value.constructor?.name
        return typeof name === 'string' && name !== '' && name !== 'Object' ? 'an object of ' + name : 'an object'
      }
      default:
        return String(value)
    }
  }

  // Where in the value a conversion failed, collected from the inside out.
  const places = new WeakMap()
  const failure = (text) => {
    const error = new TypeError(text)
    places.set(error, { path: '', text })
    return error
  }
  helpers.mismatch = (expected, value) => {
    throw failure('expected ' + expected + ', got ' + show(value))
  }
  helpers.annotate = (where, error) => {
    const place = typeof error === 'object' && error !== null ? places.get(error) : undefined
    if (place !== undefined) {
      const step = typeof where === 'number' ? '[' + where + ']' : where
      place.path = place.path === '' || place.path[0] === '[' ? step + place.path : step + '.' + place.path
      error.message = place.path + ': ' + place.text
    }
    return error
  }

  // ---- results that are thrown

  // What the engine itself throws is a mistake in the program and never the payload of a result; nor is it what a world
  // without an import throws.
  const mistakes = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
  if (typeof InternalError === 'function') mistakes.push(InternalError)
  helpers.errorPayload = (thrown, takesMessage) => {
    if (thrown === null || typeof thrown !== 'object') return thrown
    if (hasOwn(thrown, 'payload')) return thrown.payload
    if (!isError(thrown)) return thrown
    if (takesMessage && !isLack(thrown) && !mistakes.some((type) => thrown instanceof type)) return thrown.message
    throw thrown
  }
  class ComponentError extends Error {
    constructor(message, payload) {
      super(message)
      this.payload = payload
    }
  }
  Object.defineProperty(ComponentError.prototype, 'name', { value: 'ComponentError', configurable: true, writable: true })
  helpers.raise = (payload) => {
    const tag = typeof payload === 'object' && payload !== null ? payload.tag : undefined
    const message =
      typeof payload === 'string' ? payload : payload === undefined ? 'the call failed' : (tag ?? show(payload))
    const error = new ComponentError(String(message), payload)
    captureStackTrace?.(error, helpers.raise)
    return error
  }

  // ---- characters and typed arrays

  helpers.charFromCode = String.fromCodePoint
  helpers.charToCode = (text) => {
    const code = typeof text === 'string' ? text.codePointAt(0) : undefined
    if (code === undefined || text.length !== (code > 0xffff ? 2 : 1) || (code >= 0xd800 && code <= 0xdfff)) {
      throw failure('expected a string of one character (char), got ' + show(text))
    }
    return code
  }
  const arrays = [
    Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array,
    Float32Array, Float64Array,
  ]
  helpers.typedArray = (kind, bytes) => new arrays[kind](bytes.buffer)
  helpers.typedArrayBytes = (kind, value) =>
    value instanceof arrays[kind] ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : undefined

  // ---- resources

  // By index: { type, name, drop } for an imported resource, { name, drop, create, representation } for the guest's own.
  const resources = []
  // Objects that stand for imported resources, with their handle.
  const entries = new WeakMap()
  const collected = new FinalizationRegistry((entry) => release(entry, 'disposed of'))
  let borrows = []

  const release = (entry, how) => {
    if (entry.gone !== undefined) return
    entry.gone = how
    resources[entry.index].drop(entry.handle)
  }
  const describeGone = (name, how) => 'this ' + name + ' was ' + how + ' and cannot be used any more'

  // What is made of an object keeps it: both are let go of in one moment otherwise, and the parent would be dropped first.
  let parent
  runtime.childOf = (object, make, values) => {
    parent = object
    try {
      return make(object, ...values)
    } finally {
      parent = undefined
    }
  }

  runtime.registerResource = (index, resource) => {
    resources[index] = resource
    const { type } = resource
    if (type === undefined) return
    resource.name = type.name
    Object.defineProperty(type.prototype, Symbol.dispose, {
      value() {
        const entry = entries.get(this)
        if (entry === undefined) throw failure('expected an object of ' + type.name + ', got ' + show(this))
        release(entry, 'disposed of')
      },
      writable: true,
      configurable: true,
    })
  }

  // Objects that the guest gave to the outside, by representation. 0 is never one.
  const given = [undefined]
  const free = []
  // How many handles there are to an object that was given more than once.
  const handleCounts = new WeakMap()
  const forget = (representation) => {
    const entry = given[representation]
    given[representation] = undefined
    free.push(representation)
    const count = handleCounts.get(entry.object) - 1
    if (count > 0) handleCounts.set(entry.object, count)
    else handleCounts.delete(entry.object)
    return count
  }

  const liftOwnResource = (resource, handle, isOwn) => {
    if (!isOwn) return given[handle].object
    // The handle is spent, and the object is an ordinary one again: its destructor is not called.
    const representation = resource.representation(handle)
    const entry = given[representation]
    entry.taken = true
    resource.drop(handle)
    if (given[representation] === entry) forget(representation)
    return entry.object
  }
  helpers.liftResource = (index, handle, isOwn) => {
    const resource = resources[index]
    if (resource.type === undefined) return liftOwnResource(resource, handle, isOwn)
    const object = Object.create(resource.type.prototype)
    const entry = { index, handle, isOwn: isOwn === 1, gone: undefined, parent }
    entries.set(object, entry)
    if (isOwn) collected.register(object, entry)
    else borrows.push(entry)
    return object
  }

  const lowerOwnResource = (resource, object) => {
    if (object === null || typeof object !== 'object') {
      throw failure('expected an object of ' + resource.name + ', got ' + show(object))
    }
    const representation = free.pop() ?? given.length
    given[representation] = { object, taken: false }
    handleCounts.set(object, (handleCounts.get(object) ?? 0) + 1)
    return resource.create(representation)
  }
  helpers.lowerResource = (index, object, isOwn) => {
    const resource = resources[index]
    if (resource.type === undefined) return lowerOwnResource(resource, object)
    const entry = typeof object === 'object' && object !== null ? entries.get(object) : undefined
    if (entry === undefined || entry.index !== index) {
      throw failure('expected an object of ' + resource.name + ', got ' + show(object))
    }
    if (entry.gone !== undefined) throw failure(describeGone(resource.name, entry.gone))
    if (!isOwn) return entry.handle
    if (!entry.isOwn) throw failure('this ' + resource.name + ' was only lent for this call and cannot be given away')
    entry.gone = 'given away'
    return entry.handle
  }
  helpers.endBorrows = () => {
    const ended = borrows
    borrows = []
    for (const entry of ended) release(entry, 'lent for one call, which is over,')
  }
  helpers.destroyResource = (index, representation) => {
    const entry = given[representation]
    const count = forget(representation)
    if (!entry.taken && count === 0) entry.object[Symbol.dispose]?.()
  }
}`
