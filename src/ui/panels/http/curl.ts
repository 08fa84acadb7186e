import { emptyDraft, type Draft } from './draft.ts'

export type Imported = { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly message: string }

/** What a POSIX shell makes of a command line, without variables and the like. Undefined: a quote has no end. */
export const shellWords = (line: string): string[] | undefined => {
  const words: string[] = []
  let word: string | undefined
  let at = 0
  const until = (end: string): string | undefined => {
    const found = line.indexOf(end, at)
    if (found < 0) return undefined
    const text = line.slice(at, found)
    at = found + 1
    return text
  }
  while (at < line.length) {
    const char = line.charAt(at++)
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (char === '\\') {
      // A backslash at the end of a line joins it with the next.
      const next = line.startsWith('\r\n', at) ? '\r\n' : line.charAt(at)
      at += next.length
      if (!/^\r?\n$/.test(next)) word = (word ?? '') + next
    } else if (char === "'") {
      const text = until("'")
      if (text === undefined) return undefined
      word = (word ?? '') + text
    } else if (char === '"' || (char === '$' && line.charAt(at) === "'")) {
      const ansi = char === '$'
      if (ansi) at++
      const text = quoted(line, at, ansi ? "'" : '"', ansi)
      if (text === undefined) return undefined
      ;({ at } = text)
      word = (word ?? '') + text.value
    } else word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  return words
}

const ansiEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
}

/** The text up to the quote, with its escapes resolved: those of double quotes, or of `$'…'`. */
const quoted = (line: string, from: number, end: string, ansi: boolean): { value: string; at: number } | undefined => {
  let value = ''
  for (let at = from; at < line.length;) {
    const char = line.charAt(at++)
    if (char === end) return { value, at }
    if (char !== '\\') {
      value += char
      continue
    }
    const next = line.charAt(at++)
    if (!ansi) {
      value += next === '\n' ? '' : '"\\$`'.includes(next) ? next : `\\${next}`
      continue
    }
    const [octal] = /^[0-7]{1,3}/.exec(line.slice(at - 1)) ?? []
    if (octal !== undefined) {
      value += String.fromCodePoint(Number.parseInt(octal, 8) & 0xff)
      at += octal.length - 1
      continue
    }
    const [code] = /^(?:u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|x[0-9a-fA-F]{1,2})/.exec(line.slice(at - 1)) ?? []
    if (code === undefined) value += ansiEscapes[next] ?? next
    else {
      const point = Number.parseInt(code.slice(1), 16)
      value += point <= 0x10ffff ? String.fromCodePoint(point) : ''
      at += code.length - 1
    }
  }
  return undefined
}

/** Options with a value, by what they mean here; those with a short name take the value with or without a space. */
const valued: Readonly<Record<string, string>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-ascii': 'data',
  '--data-raw': 'raw',
  '--data-binary': 'data',
  '--data-urlencode': 'encoded',
  '--json': 'json',
  '-u': 'user',
  '--user': 'user',
  '-A': 'agent',
  '--user-agent': 'agent',
  '-e': 'referer',
  '--referer': 'referer',
  '-b': 'cookie',
  '--cookie': 'cookie',
  '--url': 'url',
  '-o': 'nothing',
  '--output': 'nothing',
  '-m': 'nothing',
  '--max-time': 'nothing',
  '--connect-timeout': 'nothing',
  '-w': 'nothing',
  '--write-out': 'nothing',
  '--retry': 'nothing',
  '-x': 'nothing',
  '--proxy': 'nothing',
}
const plain: Readonly<Record<string, string>> = {
  '-I': 'head',
  '--head': 'head',
  '-G': 'get',
  '--get': 'get',
  '-s': 'nothing',
  '--silent': 'nothing',
  '-S': 'nothing',
  '--show-error': 'nothing',
  '-i': 'nothing',
  '--include': 'nothing',
  '-v': 'nothing',
  '--verbose': 'nothing',
  '-k': 'nothing',
  '--insecure': 'nothing',
  '-L': 'nothing',
  '--location': 'nothing',
  '--compressed': 'nothing',
  '-f': 'nothing',
  '--fail': 'nothing',
  '-N': 'nothing',
  '-g': 'nothing',
  '--globoff': 'nothing',
  '--no-buffer': 'nothing',
  '--http1.1': 'nothing',
  '--http2': 'nothing',
}

/** What makes a body of files. */
const uploads = /^(?:-[FT]|--(?:form|form-string|upload-file)$)/

interface Option {
  readonly meaning: string
  readonly value: string
}

/** The options of a command line; a text says what is wrong. */
const optionsOf = (words: readonly string[]): Option[] | string => {
  const options: Option[] = []
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? ''
    if (!word.startsWith('-') || word === '-') {
      options.push({ meaning: 'url', value: word })
      continue
    }
    const long = Object.hasOwn(valued, word) ? valued[word] : undefined
    if (long !== undefined) {
      const value = words[++index]
      if (value === undefined) return `${word} has no value.`
      options.push({ meaning: long, value })
    } else if (Object.hasOwn(plain, word)) options.push({ meaning: plain[word] ?? 'nothing', value: '' })
    else if (uploads.test(word))
      return `${word.slice(0, 40)} sends files or the parts of a form. Give the body itself, with --data-raw.`
    else if (!word.startsWith('--')) {
      // Several of one letter in one word: -sSL. One with a value takes the rest, or else the next word: -sXPOST.
      for (let at = 1; at < word.length; at++) {
        const short = `-${word.charAt(at)}`
        if (Object.hasOwn(valued, short)) {
          const value = at + 1 < word.length ? word.slice(at + 1) : words[++index]
          if (value === undefined) return `${short} has no value.`
          options.push({ meaning: valued[short] ?? 'nothing', value })
          break
        }
        if (!Object.hasOwn(plain, short)) return `The option ${word.slice(0, 40)} is not known here.`
        options.push({ meaning: plain[short] ?? 'nothing', value: '' })
      }
    } else return `The option ${word.slice(0, 40)} is not known here.`
  }
  return options
}

const encodedData = (value: string): string => {
  const [, name, content] = /^([^=]*)=([^]*)$/.exec(value) ?? []
  if (content === undefined) return encodeURIComponent(value)
  return name === '' ? encodeURIComponent(content) : `${name}=${encodeURIComponent(content)}`
}

/** Reads a curl command: the common options, as a shell would split them. */
export const parseCurl = (text: string): Imported => {
  const wrong = (message: string): Imported => ({ ok: false, message })
  const words = shellWords(text.trim().replace(/^\$\s+/, ''))
  if (words === undefined) return wrong('A quote in the command has no end.')
  if (words[0] !== 'curl') return wrong('The text is neither a curl command nor a HAR file.')
  const options = optionsOf(words)
  if (typeof options === 'string') return wrong(options)

  const headers: [string, string][] = []
  /** Those that curl adds by itself, and was told not to. */
  const without = new Set<string>()
  const has = (name: string): boolean => without.has(name) || headers.some(([own]) => own.toLowerCase() === name)
  let hasData = false
  const data: string[] = []
  let json = ''
  let url: string | undefined
  let method: string | undefined
  let asQuery = false
  let head = false
  for (const { meaning, value } of options) {
    switch (meaning) {
      case 'url':
        if (url !== undefined) return wrong('The command names more than one address.')
        url = value
        break
      case 'method':
        method = value
        break
      case 'header': {
        if (value.startsWith('@')) return wrong(readsFile)
        const [, name = '', mark, content = ''] = /^([^:;]*)([:;])\s*([^]*)$/.exec(value) ?? []
        // `name;` is a header without a value, and `name:` none at all.
        if (mark === ':' && content.trim() === '') without.add(name.trim().toLowerCase())
        else if (name.trim() !== '') headers.push([name.trim(), content.trim()])
        break
      }
      case 'data':
        if (value.startsWith('@')) return wrong(readsFile)
        hasData = true
        data.push(value)
        break
      case 'raw':
        hasData = true
        data.push(value)
        break
      case 'encoded':
        if (/^[^=@]*@/.test(value)) return wrong(readsFile)
        hasData = true
        data.push(encodedData(value))
        break
      case 'json':
        if (value.startsWith('@')) return wrong(readsFile)
        hasData = true
        json += value
        break
      case 'user':
        headers.push(['Authorization', `Basic ${base64Of(value)}`])
        break
      case 'agent':
        headers.push(['User-Agent', value])
        break
      case 'referer':
        headers.push(['Referer', value])
        break
      case 'cookie':
        if (!value.includes('=')) return wrong(readsFile)
        headers.push(['Cookie', value])
        break
      case 'head':
        head = true
        break
      case 'get':
        asQuery = true
    }
  }
  if (url === undefined) return wrong('The command names no address.')
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(url)) url = `http://${url}`
  url = url.replace(/#.*$/s, '')
  let body = data.join('&') + json
  if (asQuery && body !== '') {
    url += `${url.includes('?') ? '&' : '?'}${body}`
    body = ''
  }
  if (json !== '') {
    if (!has('content-type')) headers.push(['Content-Type', 'application/json'])
    if (!has('accept')) headers.push(['Accept', 'application/json'])
  } else if (hasData && !asQuery && !has('content-type'))
    headers.push(['Content-Type', 'application/x-www-form-urlencoded'])
  const implied = head ? 'HEAD' : hasData && !asQuery ? 'POST' : 'GET'
  return { ok: true, draft: { ...emptyDraft, method: method ?? implied, target: url, headers, body } }
}

const readsFile = 'The command reads from a file. Put the text itself there.'

const base64Of = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))

const quote = (text: string): string =>
  /^[A-Za-z0-9_\-./:=@%+,]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The command that sends the same. `url`: the whole address. */
export const curlOf = ({ method, headers, body }: Pick<Draft, 'method' | 'headers' | 'body'>, url: string): string => {
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type')
  return [
    method === 'HEAD' ? 'curl --head' : `curl --request ${quote(method)}`,
    // It would take them for patterns.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    quote(url),
    ...headers.map(([name, value]) => `--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // curl would say that it is a form.
    ...(body !== '' && !typed ? [`--header 'Content-Type:'`] : []),
    ...(body === '' ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' \\\n  ')
}
