/**
 * `console`: text goes to `wasi:cli/stdout` and `wasi:cli/stderr`, or to the builder while the component is built.
 * https://console.spec.whatwg.org/
 */
export const consoleSource = String.raw`(runtime) => {
  const { inspect, services, missing, failure } = runtime
  const encoder = new TextEncoder()
  const encode = encoder.encode.bind(encoder)
  // wasi:io/streams#[method]output-stream.blocking-write-and-flush takes at most 4096 bytes.
  const chunkBytes = 4096
  const open = { stdout: undefined, stderr: undefined }

  // false: the world has no such stream.
  const write = (stream, text) => {
    if (runtime.host) {
      runtime.host.write(stream, text)
      return true
    }
    const get = services[stream]
    if (get === undefined) return false
    const output = (open[stream] ??= get())
    const bytes = encode(text)
    try {
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        output.blockingWriteAndFlush(bytes.slice(at, at + chunkBytes))
      }
    } catch (error) {
      // A closed stream swallows what is written to it, as in other runtimes.
      if (error?.payload?.tag !== 'closed') throw error
    }
    return true
  }
  runtime.write = write

  const isPlain = (value) =>
    value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')
  const plainText = (value) =>
    typeof value === 'string' ? value : typeof value === 'bigint' ? value + 'n' : Object.is(value, -0) ? '-0' : '' + value
  const format = (data) => {
    const directives = data.length > 1 && typeof data[0] === 'string' && data[0].includes('%')
    if (!directives && data.every(isPlain)) return data.map(plainText).join(' ')
    return runtime.printf(data)
  }

  let indent = ''
  const lines = (text) => (indent === '' ? text : indent + text.replaceAll('\n', '\n' + indent)) + '\n'
  const out = (name, text) => {
    if (!write('stdout', lines(text))) {
      throw missing('console.' + name, 'writes to', 'cli/stdout', methods[name])
    }
  }
  const err = (name, text) => {
    if (!write('stderr', lines(text)) && !write('stdout', lines(text))) {
      throw missing('console.' + name, 'writes to', 'cli/stderr', methods[name])
    }
  }

  const counts = new Map()
  const timers = new Map()
  const elapsed = (name, label) => {
    const start = timers.get(label)
    if (start === undefined) {
      err('warn', "Warning: No such label '" + label + "' for console." + name + '()')
      return undefined
    }
    const ms = runtime.now('console.' + name, methods[name]) - start
    return label + ': ' + (ms >= 1000 ? (ms / 1000).toFixed(3) + 's' : Number(ms.toFixed(3)) + 'ms')
  }
  const methods = {
    log(...data) {
      out('log', format(data))
    },
    info(...data) {
      out('info', format(data))
    },
    debug(...data) {
      out('debug', format(data))
    },
    warn(...data) {
      err('warn', format(data))
    },
    error(...data) {
      err('error', format(data))
    },
    trace(...data) {
      const frames = runtime.errorFrames(failure(Error, '', methods.trace))
      err('trace', 'Trace' + (data.length > 0 ? ': ' + format(data) : '') + (frames === '' ? '' : '\n' + frames))
    },
    assert(condition, ...data) {
      if (condition) return
      const [first, ...rest] = data
      if (data.length === 0) err('assert', 'Assertion failed')
      else if (typeof first === 'string') err('assert', format(['Assertion failed: ' + first, ...rest]))
      else err('assert', format(['Assertion failed:', ...data]))
    },
    dir(value, options) {
      const depth = options?.depth
      out('dir', inspect(value, depth === null ? Infinity : typeof depth === 'number' ? depth : 2))
    },
    dirxml(...data) {
      out('dirxml', format(data))
    },
    table(data, columns) {
      if (data === null || typeof data !== 'object') out('table', format([data]))
      else {
        out('table', runtime.table(data, columns))
      }
    },
    count(label = 'default') {
      const count = (counts.get(String(label)) ?? 0) + 1
      counts.set(String(label), count)
      out('count', label + ': ' + count)
    },
    countReset(label = 'default') {
      counts.delete(String(label))
    },
    group(...data) {
      if (data.length > 0) out('group', format(data))
      indent += '  '
    },
    groupCollapsed(...data) {
      methods.group(...data)
    },
    groupEnd() {
      indent = indent.slice(2)
    },
    time(label = 'default') {
      timers.set(String(label), runtime.now('console.time', methods.time))
    },
    timeLog(label = 'default', ...data) {
      const text = elapsed('timeLog', String(label))
      if (text !== undefined) out('timeLog', format([text, ...data]))
    },
    timeEnd(label = 'default') {
      const text = elapsed('timeEnd', String(label))
      timers.delete(String(label))
      if (text !== undefined) out('timeEnd', text)
    },
    clear() {},
  }
  const console = Object.create({})
  for (const name of Object.keys(methods)) console[name] = methods[name]
  runtime.tag(console, 'console')
  runtime.define(globalThis, { console })
}`
