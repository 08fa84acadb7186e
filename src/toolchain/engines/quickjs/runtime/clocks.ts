/** `performance` and `Date`, through `wasi:clocks`. While the component is built, time stands at zero. */
export const clocksSource = String.raw`(runtime) => {
  const { services, missing } = runtime
  const NativeDate = Date
  const { apply, construct } = Reflect

  // Milliseconds on the monotonic clock, or on the builder's own, which moves only when something waits.
  runtime.virtualNow = 0
  runtime.now = (what, from) => {
    if (runtime.host) return runtime.virtualNow
    if (!services.monotonicNow) throw missing(what, 'reads', 'clocks/monotonic-clock', from)
    return Number(services.monotonicNow()) / 1e6
  }

  // A guest that starts from a snapshot must not see the time at which the snapshot was made.
  let origin
  let timeOrigin
  runtime.onReady(() => {
    origin = undefined
    timeOrigin = undefined
  })
  const start = (from) => {
    if (origin !== undefined) return
    origin = runtime.now('performance.now', from)
    const wall = runtime.host ? undefined : services.wallNow?.()
    timeOrigin = wall ? Number(wall.seconds) * 1000 + wall.nanoseconds / 1e6 : 0
  }
  class Performance {
    now() {
      const first = origin === undefined
      start(this.now)
      return first ? 0 : runtime.now('performance.now', this.now) - origin
    }
    get timeOrigin() {
      start(undefined)
      return timeOrigin
    }
    toJSON() {
      return { timeOrigin: this.timeOrigin }
    }
  }
  runtime.tag(Performance.prototype, 'Performance')
  delete globalThis.performance
  runtime.define(globalThis, { performance: new Performance() })

  // The engine's own Date asks the clock that the component was linked to. Without one there is no present.
  const refuse = (what, from) => missing(what, 'reads', 'clocks/wall-clock', from)
  const warned = (value) => {
    runtime.host?.warn('clock')
    return value
  }
  function WitcraftDate(...args) {
    if (new.target === undefined) {
      if (!services.wallNow) throw refuse('Date()', GuardedDate)
      return warned(apply(NativeDate, undefined, args))
    }
    if (args.length === 0) {
      if (!services.wallNow) throw refuse('new Date()', GuardedDate)
      warned()
    }
    return construct(NativeDate, args, new.target)
  }
  const GuardedDate = WitcraftDate
  Object.defineProperty(GuardedDate, 'name', { value: 'Date', configurable: true })
  Object.defineProperty(GuardedDate, 'length', { value: 7, configurable: true })
  Object.defineProperty(GuardedDate, 'prototype', { value: NativeDate.prototype, writable: false })
  const { now } = {
    now() {
      if (!services.wallNow) throw refuse('Date.now', GuardedDate.now)
      return warned(NativeDate.now())
    },
  }
  runtime.define(GuardedDate, { now, parse: NativeDate.parse, UTC: NativeDate.UTC })
  const use = (constructor) => {
    runtime.define(NativeDate.prototype, { constructor })
    runtime.define(globalThis, { Date: constructor })
  }
  use(GuardedDate)
  // With a wall clock the guarded one is needed only to warn while the component is built.
  runtime.onReady(() => {
    if (services.wallNow && globalThis.Date === GuardedDate) use(NativeDate)
  })
}`
