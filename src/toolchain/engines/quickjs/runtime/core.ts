/**
 * The part of the runtime that the others stand on: the phase (while the component is built, or afterwards), the WASI
 * functions that the world imports, and the message for what it does not import. See `control.ts` for how runtime
 * sources are put together.
 */
export const coreSource = String.raw`(runtime) => {
  const { captureStackTrace } = Error
  const toStringTag = Symbol.toStringTag

  runtime.helpers = {}
  runtime.services = {}
  // While the component is built, 'host' has what the builder offers: write(stream, text) and warn(topic).
  runtime.host = undefined
  runtime.wasiVersion = '0.2.12'

  // An error whose stack starts at the caller of 'from'.
  runtime.failure = (Type, message, from) => {
    const error = new Type(message)
    captureStackTrace(error, from)
    return error
  }

  // Errors of the world and not of the call: they are never the payload of a result.
  const lacks = new WeakSet()
  runtime.isLack = lacks.has.bind(lacks)
  runtime.missing = (what, does, name, from) => {
    const error = runtime.failure(
      Error,
      what + ' ' + does + ' wasi:' + name + ', which this world does not import. Add \x60import wasi:' + name + '@' +
        runtime.wasiVersion + ';\x60 to the world.',
      from,
    )
    lacks.add(error)
    return error
  }

  // Global functions and classes are writable, configurable and not enumerable, as the language's own are.
  runtime.define = (target, members) => {
    for (const name of Object.keys(members)) {
      Object.defineProperty(target, name, {
        value: members[name], writable: true, configurable: true, enumerable: false,
      })
    }
  }
  runtime.define(globalThis, { structuredClone })
  runtime.tag = (target, name) => {
    Object.defineProperty(target, toStringTag, { value: name, configurable: true })
  }

  // Parts that few guests need are kept as text, which is smaller, and evaluated when they are first needed.
  const evaluate = eval
  runtime.lazy = {}
  runtime.need = (name) => {
    const source = runtime.lazy[name]
    if (source === undefined) return
    runtime.lazy[name] = undefined
    evaluate(source)(runtime)
  }
  // Functions that give another view of an object: { name, entries, mark } or undefined.
  runtime.views = []

  // What the services module hands over once the import modules of a world are there.
  runtime.connect = (services, wasiVersion) => {
    Object.assign(runtime.services, services)
    if (wasiVersion !== undefined) runtime.wasiVersion = wasiVersion
    for (const listener of connected) listener(runtime.services)
  }
  const connected = []
  runtime.onConnect = (listener) => connected.push(listener)

  // The component is built: from here on the outside world is real.
  const ready = []
  runtime.onReady = (listener) => ready.push(listener)
  runtime.ready = () => {
    runtime.host = undefined
    for (const listener of ready) listener()
  }
}`
