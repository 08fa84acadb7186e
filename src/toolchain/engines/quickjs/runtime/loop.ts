/**
 * Timers, the turn of the event loop, and what happens to errors that nobody caught. The glue drains the microtasks; a
 * turn is what comes between two drains. https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers
 */
export const loopSource = String.raw`(runtime) => {
  const { services, missing, inspect, helpers } = runtime
  const { apply } = Reflect
  const NativePromise = Promise

  // Waiting timers in the order in which they are due; those that are due at once need no clock.
  const queue = []
  let nextId = 1
  // What to add to a deadline that was set while the component was built, on the clock that stood at zero then.
  let rebase = false
  runtime.onReady(() => {
    rebase = queue.length > 0
  })
  const clock = () => (runtime.host || services.monotonicNow ? runtime.now() : 0)
  const settleDeadlines = () => {
    if (!rebase) return
    rebase = false
    const offset = clock() - runtime.virtualNow
    for (const timer of queue) if (timer.before) timer.deadline += offset
  }

  const insert = (timer) => {
    let at = queue.length
    while (at > 0 && queue[at - 1].deadline > timer.deadline) at--
    queue.splice(at, 0, timer)
  }
  const schedule = (what, from, callback, delay, repeat, args) => {
    if (typeof callback !== 'function') {
      throw runtime.failure(TypeError, what + ' takes a function as its first argument', from)
    }
    let ms = Math.trunc(Number(delay))
    if (!(ms > 0) || ms > 2147483647) ms = 0
    if (repeat) ms = Math.max(ms, 1)
    if (ms > 0 && !services.subscribeDuration) throw missing(what, 'waits through', 'clocks/monotonic-clock', from)
    settleDeadlines()
    const timer = {
      id: nextId++, callback, args, ms, repeat, deadline: clock() + ms, before: runtime.host !== undefined,
    }
    insert(timer)
    return timer.id
  }
  const cancel = (id) => {
    const at = queue.findIndex((timer) => timer.id === id)
    if (at >= 0) queue.splice(at, 1)
    else if (current?.id === id) current.repeat = false
    if (queue.length === 0) wakeIdle()
  }
  let current

  const functions = {
    setTimeout(callback, delay, ...args) {
      return schedule('setTimeout', functions.setTimeout, callback, delay, false, args)
    },
    setInterval(callback, delay, ...args) {
      return schedule('setInterval', functions.setInterval, callback, delay, true, args)
    },
    setImmediate(callback, ...args) {
      return schedule('setImmediate', functions.setImmediate, callback, 0, false, args)
    },
    clearTimeout(id) {
      cancel(id)
    },
    clearInterval(id) {
      cancel(id)
    },
    clearImmediate(id) {
      cancel(id)
    },
  }
  runtime.define(globalThis, functions)

  helpers.turn = () => {
    settleDeadlines()
    const timer = queue[0]
    if (timer === undefined) return false
    const wait = timer.deadline - clock()
    if (wait > 0) {
      if (runtime.host) runtime.virtualNow = timer.deadline
      else {
        const pollable = services.subscribeDuration(BigInt(Math.ceil(wait * 1e6)))
        pollable.block()
        pollable[Symbol.dispose]?.()
      }
    }
    queue.shift()
    current = timer
    try {
      apply(timer.callback, undefined, timer.args)
    } finally {
      current = undefined
      if (timer.repeat) {
        timer.deadline = clock() + timer.ms
        timer.before = runtime.host !== undefined
        insert(timer)
      }
      wakeIdle()
    }
    return true
  }

  // A command ends when nothing is left to wait for, as a program in Node does: the function 'run' as one that waits.
  const idle = []
  const wakeIdle = () => {
    for (const resolve of idle.splice(0)) resolve()
  }
  runtime.untilIdle = (run) =>
    function () {
      const result = apply(run, this, arguments)
      const isPromise = result instanceof NativePromise
      if (queue.length === 0 && !isPromise) return result
      return (async () => {
        const value = isPromise ? await result : result
        while (queue.length > 0) await new NativePromise((resolve) => idle.push(resolve))
        return value
      })()
    }

  // Promises that were rejected while nobody listened, oldest first.
  const rejections = []
  helpers.rejection = (promise, reason, handled) => {
    const at = rejections.findIndex((entry) => entry.promise === promise)
    if (handled) {
      if (at >= 0) rejections.splice(at, 1)
    } else if (at < 0) rejections.push({ promise, reason })
  }
  helpers.unhandled = () => {
    const entry = rejections.shift()
    return entry && [entry.reason]
  }

  // An Error as its header, anything else as the console would show it.
  const message = (thrown) => {
    if (thrown === null || typeof thrown !== 'object') return inspect(thrown, 2)
    if (thrown instanceof NativePromise) return 'a promise that nothing can settle any more'
    const isError = Error.isError ? Error.isError(thrown) : thrown instanceof Error
    if (!isError) return inspect(thrown, 2)
    const header = runtime.errorHeader(thrown)
    const payload = Object.getOwnPropertyDescriptor(thrown, 'payload')
    if (payload && payload.value !== undefined && typeof payload.value !== 'string') {
      return header + ' ' + inspect(payload.value, 2)
    }
    return header
  }
  runtime.describe = (thrown) => {
    let text = ''
    let frames = ''
    try {
      text = message(thrown)
    } catch {
      text = 'an error that cannot be shown'
    }
    try {
      if (thrown !== null && typeof thrown === 'object') frames = runtime.errorFrames(thrown)
    } catch {}
    return [text.replaceAll('\0', '\uFFFD'), frames]
  }
  helpers.describe = (thrown) => {
    const [text, frames] = runtime.describe(thrown)
    if (services.stderr) {
      try {
        runtime.write('stderr', 'Uncaught ' + text + (frames === '' ? '' : '\n' + frames) + '\n')
      } catch {}
    }
    return text + '\0' + frames
  }
}`
