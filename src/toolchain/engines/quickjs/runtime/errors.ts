/**
 * What is known of an error without looking into other values: its header and its stack. Never runs a getter of the
 * guest.
 */
export const errorsSource = String.raw`(runtime) => {
  const { getOwnPropertyDescriptor, getPrototypeOf } = Object
  const { apply } = Reflect
  const stackOf = getOwnPropertyDescriptor(Error.prototype, 'stack')?.get
  runtime.isError = Error.isError ?? ((value) => value instanceof Error)
  runtime.textOr = (value, other) => (typeof value === 'string' ? value : other)

  // Where a function is written: file, line and column as the engine counts them. Never runs code of the guest.
  const positionOf = ['fileName', 'lineNumber', 'columnNumber'].map(
    (name) => getOwnPropertyDescriptor(Function.prototype, name).get,
  )
  runtime.declarationOf = (target) => positionOf.map((get) => String(apply(get, target, []))).join(':')

  // The value of an own data property along the prototype chain; getters are not run.
  runtime.dataOf = (object, name) => {
    for (let o = object; o !== null && o !== undefined; o = getPrototypeOf(o)) {
      const found = getOwnPropertyDescriptor(o, name)
      if (found) return found.value
    }
    return undefined
  }
  runtime.classOf = (object) => {
    let o = getPrototypeOf(object)
    if (o === null) return null
    for (; o !== null; o = getPrototypeOf(o)) {
      const constructor = getOwnPropertyDescriptor(o, 'constructor')?.value
      if (typeof constructor === 'function') {
        const name = getOwnPropertyDescriptor(constructor, 'name')?.value
        if (typeof name === 'string' && name !== '') return name
      }
    }
    return ''
  }

  // Header line of an error: name and message as the language's own toString would give.
  runtime.errorHeader = (error) => {
    let name = runtime.textOr(runtime.dataOf(error, 'name'), 'Error')
    if (name === 'Error') name = runtime.classOf(error) || name
    const message = runtime.dataOf(error, 'message')
    const text = message === undefined ? '' : typeof message === 'string' ? message : String(message)
    return text === '' ? name : name === '' ? text : name + ': ' + text
  }
  // Stack frames of an error, without those of the runtime.
  runtime.errorFrames = (error) => {
    let stack = getOwnPropertyDescriptor(error, 'stack')?.value
    if (stack === undefined && stackOf) {
      try {
        stack = apply(stackOf, error, [])
      } catch {
        stack = undefined
      }
    }
    if (typeof stack !== 'string') return ''
    const frames = []
    for (const line of stack.split('\n')) {
      if (!/^\s*at /.test(line) || /\(?(witcraft:|<null>:)/.test(line) || /\(native\)$/.test(line)) continue
      frames.push('    ' + line.trim())
    }
    return frames.join('\n')
  }
}`
