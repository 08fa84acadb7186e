/**
 * `Event`, `EventTarget`, `AbortController` and `AbortSignal`, without capture and bubbling: there is no tree here.
 * Evaluated when one of them is first used; see `sources.ts`. https://dom.spec.whatwg.org/#events and
 * https://dom.spec.whatwg.org/#aborting-ongoing-activities
 */
export const eventsSource = String.raw`(runtime) => {
  const listeners = new WeakMap()
  const stopped = new WeakSet()
  const prevented = new WeakSet()

  class Event {
    #type
    #cancelable
    target = null
    currentTarget = null
    constructor(type, init) {
      this.#type = String(type)
      this.#cancelable = Boolean(init?.cancelable)
    }
    get type() {
      return this.#type
    }
    get cancelable() {
      return this.#cancelable
    }
    get defaultPrevented() {
      return prevented.has(this)
    }
    preventDefault() {
      if (this.#cancelable) prevented.add(this)
    }
    stopPropagation() {}
    stopImmediatePropagation() {
      stopped.add(this)
    }
  }
  class CustomEvent extends Event {
    #detail
    constructor(type, init) {
      super(type, init)
      this.#detail = init?.detail ?? null
    }
    get detail() {
      return this.#detail
    }
  }
  class EventTarget {
    addEventListener(type, callback, options) {
      if (callback === null || callback === undefined) return
      const signal = typeof options === 'object' ? options?.signal : undefined
      if (signal?.aborted) return
      const list = listeners.get(this) ?? []
      listeners.set(this, list)
      if (list.some((entry) => entry.type === String(type) && entry.callback === callback)) return
      list.push({ type: String(type), callback, once: typeof options === 'object' && Boolean(options?.once) })
      signal?.addEventListener('abort', () => this.removeEventListener(type, callback))
    }
    removeEventListener(type, callback) {
      const list = listeners.get(this) ?? []
      const at = list.findIndex((entry) => entry.type === String(type) && entry.callback === callback)
      if (at >= 0) list.splice(at, 1)
    }
    dispatchEvent(event) {
      event.target = event.currentTarget = this
      const own = this['on' + event.type]
      if (typeof own === 'function') own.call(this, event)
      const list = listeners.get(this) ?? []
      for (const entry of [...list]) {
        if (stopped.has(event)) break
        if (entry.type !== event.type || !list.includes(entry)) continue
        if (entry.once) list.splice(list.indexOf(entry), 1)
        if (typeof entry.callback === 'function') entry.callback.call(this, event)
        else entry.callback.handleEvent(event)
      }
      event.currentTarget = null
      return !event.defaultPrevented
    }
  }

  const key = {}
  let abortSignal
  class AbortSignal extends EventTarget {
    #aborted = false
    #reason = undefined
    onabort = null
    constructor(token) {
      if (token !== key) throw new TypeError('Illegal constructor')
      super()
    }
    static {
      abortSignal = (signal, reason) => {
        if (signal.#aborted) return
        signal.#aborted = true
        signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason
        signal.dispatchEvent(new Event('abort'))
      }
    }
    get aborted() {
      return this.#aborted
    }
    get reason() {
      return this.#reason
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason
    }
    static abort(reason) {
      const signal = new AbortSignal(key)
      abortSignal(signal, reason)
      return signal
    }
    static timeout(ms) {
      const signal = new AbortSignal(key)
      setTimeout(() => abortSignal(signal, new DOMException('The operation timed out', 'TimeoutError')), ms)
      return signal
    }
    static any(signals) {
      const signal = new AbortSignal(key)
      for (const source of signals) {
        if (source.aborted) {
          abortSignal(signal, source.reason)
          break
        }
        source.addEventListener('abort', () => abortSignal(signal, source.reason), { once: true })
      }
      return signal
    }
  }
  class AbortController {
    #signal = new AbortSignal(key)
    get signal() {
      return this.#signal
    }
    abort(reason) {
      abortSignal(this.#signal, reason)
    }
  }
  const classes = { Event, CustomEvent, EventTarget, AbortSignal, AbortController }
  for (const name of Object.keys(classes)) runtime.tag(classes[name].prototype, name)
  runtime.define(globalThis, classes)
}`
