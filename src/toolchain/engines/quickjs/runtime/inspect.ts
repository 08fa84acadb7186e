/**
 * How values look on the console: close to what Node prints, without ever running a getter of the guest.
 */
export const inspectSource = String.raw`(runtime) => {
  const { dataOf, classOf, textOr } = runtime
  const breakLength = 80
  const compact = 3
  const maxItems = 100
  const maxString = 10000
  const { getOwnPropertyDescriptor, getPrototypeOf, prototype: objectPrototype } = Object
  const { ownKeys } = Reflect
  const { isArray } = Array
  const call = Function.prototype.call
  const uncurry = (f) => call.bind(f)
  const sourceOf = uncurry(Function.prototype.toString)
  const isEnumerable = uncurry(objectPrototype.propertyIsEnumerable)
  const typedArrayTag = uncurry(
    getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get,
  )
  const getter = (prototype, name) => uncurry(getOwnPropertyDescriptor(prototype, name).get)
  const mapSize = getter(Map.prototype, 'size')
  const setSize = getter(Set.prototype, 'size')
  const bufferLength = getter(ArrayBuffer.prototype, 'byteLength')
  const sharedLength = getter(SharedArrayBuffer.prototype, 'byteLength')
  const mapEach = uncurry(Map.prototype.forEach)
  const setEach = uncurry(Set.prototype.forEach)
  const timeOf = uncurry(Date.prototype.getTime)
  const isoOf = uncurry(Date.prototype.toISOString)
  const numberOf = uncurry(Number.prototype.valueOf)
  const stringOf = uncurry(String.prototype.valueOf)
  const booleanOf = uncurry(Boolean.prototype.valueOf)
  const bigintOf = uncurry(BigInt.prototype.valueOf)
  const symbolOf = uncurry(Symbol.prototype.valueOf)
  const weakMapHas = uncurry(WeakMap.prototype.has)
  const weakSetHas = uncurry(WeakSet.prototype.has)
  const then = uncurry(Promise.prototype.then)
  const regexpText = uncurry(RegExp.prototype.toString)
  const regexpFlags = getter(RegExp.prototype, 'global')
  // Whether 'probe' accepts the value: an object with the internal slots that it reads.
  const accepts = (probe, value) => {
    try {
      probe(value, value)
      return true
    } catch {
      return false
    }
  }

  const escapes = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r', 92: '\\\\' }
  const quote = (text) => {
    const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('${'`'}') ? '${'`'}' : "'"
    let out = mark
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (text[i] === mark) out += '\\' + mark
      else if (code < 32 || code === 92 || code === 127) {
        out += escapes[code] ?? '\\x' + code.toString(16).toUpperCase().padStart(2, '0')
      } else out += text[i]
    }
    return out + mark
  }
  const numberText = (value) => (Object.is(value, -0) ? '-0' : String(value))
  const keyText = (key) => {
    if (typeof key === 'symbol') return '[' + symbolText(key) + ']'
    return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)
  }
  const symbolText = (symbol) => 'Symbol(' + (symbol.description ?? '') + ')'

  const primitive = (value, top) => {
    switch (typeof value) {
      case 'string': {
        if (top) return value
        if (value.length <= maxString) return quote(value)
        const more = value.length - maxString
        return quote(value.slice(0, maxString)) + '... ' + more + ' more character' + (more > 1 ? 's' : '')
      }
      case 'number':
        return numberText(value)
      case 'bigint':
        return value + 'n'
      case 'symbol':
        return symbolText(value)
      default:
        return String(value)
    }
  }

  const prefixed = (name, usual, size) => {
    const own = name === null ? '[' + usual + ': null prototype]' : name === '' ? usual : name
    return size === undefined ? own + ' ' : own + '(' + size + ') '
  }

  const functionText = (f) => {
    let source = ''
    try {
      source = sourceOf(f)
    } catch {}
    const name = textOr(getOwnPropertyDescriptor(f, 'name')?.value, '')
    if (/^class\b/.test(source)) {
      const parent = getPrototypeOf(f)
      const base = typeof parent === 'function' ? textOr(getOwnPropertyDescriptor(parent, 'name')?.value, '') : ''
      return '[class ' + (name || '(anonymous)') + (base ? ' extends ' + base : '') + ']'
    }
    const kind = textOr(dataOf(f, Symbol.toStringTag), 'Function')
    return '[' + kind + (name ? ': ' + name : ' (anonymous)') + ']'
  }

  const inspect = (value, context, depth) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return primitive(value, false)
    if (context.seen.includes(value)) {
      let index = context.circular.indexOf(value)
      if (index < 0) index = context.circular.push(value) - 1
      return '[Circular *' + (index + 1) + ']'
    }
    return inspectObject(value, context, depth)
  }

  const inspectObject = (value, context, depth) => {
    let name = classOf(value)
    const tag = textOr(dataOf(value, Symbol.toStringTag), '')
    let open = '{'
    let close = '}'
    let prefix = ''
    let base = ''
    let keys = ownKeys(value).filter((key) => isEnumerable(value, key))
    let items
    let view
    const typed = typedArrayTag(value)
    if (typeof value === 'function') {
      base = functionText(value)
      if (keys.length === 0) return base
    } else if (isArray(value)) {
      const plain = name === 'Array'
      prefix = plain ? '' : prefixed(name, 'Array', value.length)
      open = '['
      close = ']'
      keys = keys.filter((key) => typeof key === 'symbol' || !isIndex(key, value.length))
      items = () => arrayItems(value, value.length, context, depth)
    } else if (typed !== undefined) {
      const length = value.length
      prefix = prefixed(name, typed, length)
      open = '['
      close = ']'
      keys = keys.filter((key) => typeof key === 'symbol' || !isIndex(key, length))
      items = () => {
        const out = []
        for (let i = 0; i < Math.min(length, maxItems); i++) out.push(primitive(value[i], false))
        more(out, length)
        return out
      }
    } else if (accepts(mapSize, value)) {
      prefix = prefixed(name, 'Map', mapSize(value))
      items = () => {
        const out = []
        mapEach(value, (v, k) => {
          if (out.length < maxItems) {
            out.push(inspect(k, context, depth + 1) + ' => ' + inspect(v, context, depth + 1))
          }
        })
        more(out, mapSize(value))
        return out
      }
    } else if (accepts(setSize, value)) {
      prefix = prefixed(name, 'Set', setSize(value))
      items = () => {
        const out = []
        setEach(value, (v) => {
          if (out.length < maxItems) out.push(inspect(v, context, depth + 1))
        })
        more(out, setSize(value))
        return out
      }
    } else if (runtime.isError(value)) {
      base = errorText(value)
      keys = keys.filter((key) => key !== 'stack' && key !== 'message' && key !== 'cause' && key !== 'name')
      const cause = getOwnPropertyDescriptor(value, 'cause')
      const errors = getOwnPropertyDescriptor(value, 'errors')
      if (keys.length === 0 && !cause && !errors) return base
      items = () => {
        const out = []
        if (cause && 'value' in cause) out.push('[cause]: ' + inspect(cause.value, context, depth + 1))
        if (errors && 'value' in errors && !errors.enumerable) {
          out.push('[errors]: ' + inspect(errors.value, context, depth + 1))
        }
        return out
      }
    } else if (accepts(regexpFlags, value) && value !== RegExp.prototype) {
      base = regexpText(value)
      if (keys.length === 0) return base
    } else if (accepts(timeOf, value)) {
      base = Number.isNaN(timeOf(value)) ? 'Invalid Date' : isoOf(value)
      if (keys.length === 0) return base
    } else if (accepts(bufferLength, value) || accepts(sharedLength, value)) {
      prefix = prefixed(name, 'ArrayBuffer')
      items = () => {
        const bytes = new Uint8Array(value)
        const shown = Array.from(bytes.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
        const rest = bytes.length > 50 ? ' ... ' + (bytes.length - 50) + ' more bytes' : ''
        return ['[Uint8Contents]: <' + shown + rest + '>', 'byteLength: ' + bytes.length]
      }
    } else if (accepts(weakMapHas, value)) {
      return prefixed(name, 'WeakMap') + '{ <items unknown> }'
    } else if (accepts(weakSetHas, value)) {
      return prefixed(name, 'WeakSet') + '{ <items unknown> }'
    } else if ((view = viewOf(value)) !== undefined) {
      const { name: shown, entries, mark } = view
      prefix = shown + ' '
      items = () =>
        entries.map(([key, entry]) => {
          const left = mark === ': ' ? keyText(key) : inspect(key, context, depth + 1)
          return left + mark + inspect(entry, context, depth + 1)
        })
    } else {
      const boxed = boxText(value)
      if (boxed !== undefined) {
        base = boxed
        keys = keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key))
        if (keys.length === 0) return base
      } else if (name !== 'Object' || (tag !== '' && tag !== 'Object')) {
        prefix = prefixed(name, 'Object')
      }
    }
    if (tag !== '' && tag !== name && base === '' && items === undefined) prefix += '[' + tag + '] '

    const isEmpty = keys.length === 0 && (isArray(value) ? value.length === 0 : items === undefined)
    if (depth > context.depth && !isEmpty) {
      const shown = name === null ? 'Object: null prototype' : name || 'Object'
      return base !== '' ? base : '[' + (isArray(value) ? 'Array' : shown) + ']'
    }
    context.seen.push(value)
    context.height = 0
    let height = 0
    const rows = []
    const take = (row) => {
      rows.push(row)
    }
    let out
    let listed = 0
    try {
      if (items) {
        for (const row of items()) take(row)
        height = Math.max(height, context.height)
        listed = rows.length
      }
      for (const key of keys) {
        context.height = 0
        take(property(value, key, context, depth))
        height = Math.max(height, context.height)
      }
      out = rows
    } finally {
      context.seen.pop()
    }
    context.height = height + 1
    const index = context.circular.indexOf(value)
    const reference = index >= 0 ? '<ref *' + (index + 1) + '> ' : ''
    const isList = open === '['
    if (isList && listed > 6 && keys.length === 0) out = grouped(out, value, depth)
    const start = reference + (base !== '' ? base + ' ' : prefix) + open
    if (out.length === 0) return start + close
    if (height < compact && out === rows) {
      const length = out.reduce((sum, row) => sum + row.length, 0) + out.length
      if (length + start.length + depth * 2 <= breakLength && !out.some((row) => row.includes('\n'))) {
        return start + ' ' + out.join(', ') + ' ' + close
      }
    }
    const pad = '\n' + '  '.repeat(depth + 1)
    return start + pad + out.join(',' + pad) + '\n' + '  '.repeat(depth) + close
  }

  const viewOf = (value) => {
    for (const view of runtime.views) {
      const found = view(value)
      if (found !== undefined) return found
    }
    return undefined
  }
  const isIndex = (key, length) => /^(0|[1-9]\d*)$/.test(key) && Number(key) < length
  const more = (out, length) => {
    const rest = length - maxItems
    if (rest > 0) out.push('... ' + rest + ' more item' + (rest > 1 ? 's' : ''))
  }
  const arrayItems = (array, length, context, depth) => {
    const out = []
    let height = 0
    for (let i = 0; i < length && out.length < maxItems; i++) {
      if (getOwnPropertyDescriptor(array, i) === undefined) {
        let end = i
        while (end < length && getOwnPropertyDescriptor(array, end) === undefined) end++
        out.push('<' + (end - i) + ' empty item' + (end - i > 1 ? 's' : '') + '>')
        i = end - 1
      } else {
        context.height = 0
        out.push(property(array, i, context, depth, true))
        height = Math.max(height, context.height)
      }
    }
    context.height = height
    more(out, length)
    return out
  }
  const property = (object, key, context, depth, bare) => {
    const found = getOwnPropertyDescriptor(object, key)
    let text
    if (found === undefined) text = 'undefined'
    else if (found.get) text = found.set ? '[Getter/Setter]' : '[Getter]'
    else if (found.set) text = '[Setter]'
    else text = inspect(found.value, context, depth + 1)
    return bare ? text : keyText(key) + ': ' + text
  }
  const boxText = (value) => {
    if (accepts(numberOf, value)) return '[Number: ' + numberText(numberOf(value)) + ']'
    if (accepts(stringOf, value)) return '[String: ' + quote(stringOf(value)) + ']'
    if (accepts(booleanOf, value)) return '[Boolean: ' + booleanOf(value) + ']'
    if (accepts(bigintOf, value)) return '[BigInt: ' + bigintOf(value) + 'n]'
    if (accepts(symbolOf, value)) return '[Symbol: ' + symbolText(symbolOf(value)) + ']'
    return undefined
  }
  const errorText = (error) => {
    const header = runtime.errorHeader(error)
    const frames = runtime.errorFrames(error)
    return frames === '' ? '[' + header + ']' : header + '\n' + frames
  }
  // Long lists of short things stand in columns, numbers to the right.
  const grouped = (rows, value, depth) => {
    const rest = value.length > maxItems ? 1 : 0
    const count = rows.length - rest
    if (rows.some((row) => row.includes('\n'))) return rows
    const lengths = rows.slice(0, count).map((row) => row.length)
    const total = lengths.reduce((sum, length) => sum + length + 2, 0)
    const longest = Math.max(...lengths) + 2
    if (longest * 3 + depth * 2 >= breakLength || (total / longest <= 5 && longest > 8)) return rows
    const width = Math.max(longest - 3 - Math.sqrt(longest - total / count), 1)
    const columns = Math.min(
      Math.round(Math.sqrt(2.5 * width * count) / width),
      Math.floor((breakLength - depth * 2) / longest),
      compact * 4,
      15,
    )
    if (columns <= 1) return rows
    const widths = []
    for (let c = 0; c < columns; c++) {
      let width = 0
      for (let i = c; i < count; i += columns) width = Math.max(width, lengths[i])
      widths.push(width + 2)
    }
    const right = typeof value[0] === 'number' || typeof value[0] === 'bigint'
    const out = []
    for (let i = 0; i < count; i += columns) {
      const end = Math.min(i + columns, count)
      let line = ''
      for (let j = i; j < end; j++) {
        const last = j === end - 1
        const cell = last ? rows[j] : rows[j] + ', '
        const width = last ? widths[j - i] - 2 : widths[j - i]
        line += right ? cell.padStart(width) : last ? cell : cell.padEnd(width)
      }
      out.push(line)
    }
    if (rest) out.push(rows[count])
    return out
  }

  runtime.inspect = (value, depth = 2) => {
    try {
      return inspect(value, { seen: [], circular: [], depth, height: 0 }, 0)
    } catch (error) {
      return '[an object that cannot be shown]'
    }
  }

  // The arguments of console.log as one text: https://console.spec.whatwg.org/#formatter
  const printf = (args) => {
    let i = 0
    let out = ''
    if (typeof args[0] === 'string' && args.length > 1) {
      i = 1
      out = args[0].replace(/%[sdifjoOc%]/g, (directive) => {
        if (directive === '%%') return '%'
        if (i >= args.length) return directive
        const value = args[i++]
        switch (directive) {
          case '%s':
            return typeof value === 'object' && value !== null ? runtime.inspect(value, 0) : primitive(value, true)
          case '%d':
          case '%i':
          case '%f': {
            if (typeof value === 'bigint') return value + 'n'
            if (typeof value === 'symbol' || typeof value === 'object') return 'NaN'
            const number = directive === '%i' ? parseInt(value, 10) : directive === '%f' ? parseFloat(value) : Number(value)
            return numberText(number)
          }
          case '%j':
            try {
              return String(JSON.stringify(value))
            } catch {
              return '[Circular]'
            }
          case '%o':
            return runtime.inspect(value, 4)
          case '%O':
            return runtime.inspect(value)
          default:
            return ''
        }
      })
    } else if (args.length > 0) {
      i = 1
      out = typeof args[0] === 'string' ? args[0] : runtime.inspect(args[0])
    }
    for (; i < args.length; i++) out += ' ' + (typeof args[i] === 'string' ? args[i] : runtime.inspect(args[i]))
    return out
  }
  runtime.printf = printf

  // What console.table draws.
  runtime.table = (data, columns) => {
    const rows = data instanceof Map ? [...data].map(([key, value]) => [key, value]) : undefined
    const entries = rows ?? (Array.isArray(data) ? data.map((value, i) => [i, value]) : Object.entries(data))
    const keys = []
    let values = false
    for (const [, value] of entries) {
      if (value === null || typeof value !== 'object') values = true
      else for (const key of Object.keys(value)) if (!keys.includes(key)) keys.push(key)
    }
    const shown = Array.isArray(columns) ? columns.map(String) : keys
    const head = ['(index)', ...shown, ...(values ? ['Values'] : [])]
    const cell = (value) => runtime.inspect(value, 0)
    const body = entries.map(([index, value]) => {
      const isObject = value !== null && typeof value === 'object'
      return [
        String(index),
        ...shown.map((key) => (isObject && Object.hasOwn(value, key) ? cell(value[key]) : '')),
        ...(values ? [isObject ? '' : cell(value)] : []),
      ]
    })
    const widths = head.map((text, i) => Math.max(text.length, ...body.map((row) => row[i].length)) + 2)
    const bar = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right
    const line = (row) => '│' + row.map((text, i) => ' ' + text.padEnd(widths[i] - 1)).join('│') + '│'
    return [bar('┌', '┬', '┐'), line(head), bar('├', '┼', '┤'), ...body.map(line), bar('└', '┴', '┘')].join('\n')
  }
}`
