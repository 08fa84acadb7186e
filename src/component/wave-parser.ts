import { camelCase, integerRange, isTaggedOption, listValue } from './host-conventions.ts'
import { closest } from './closest.ts'
import { typeText } from './type-text.ts'
import type { BorrowType, EnumType, FlagsType, OptionType, OwnType, RecordType, ResultType } from './types.ts'
import { type IntegerKind, integerKinds, type ValueType, type VariantType } from './types.ts'
import { alternatives, attempt, Mistake, quote, type TextError } from './text-error.ts'
import { escapeLabel, waveKeywords, WaveLexer, type WaveToken } from './wave-lexer.ts'

/** What the text of a value refers to: resources are written as the number of a handle, `%1`. */
export interface HandleSource {
  /** The JavaScript value behind a handle, or why there is none of that type: one sentence. */
  handle(id: number, type: OwnType | BorrowType): { readonly ok: true; readonly value: unknown } | HandleProblem
}
export interface HandleProblem {
  readonly ok: false
  readonly problem: string
}

export type WaveOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: TextError }

/** Reads a value of `type`, and nothing else, into the form that jco's host code takes. */
export function parseWave(text: string, type: ValueType, handles: HandleSource = noHandles): WaveOutcome {
  return attempt(text, () => {
    const parser = new WaveParser(new WaveLexer(text), handles)
    const value = parser.value(type)
    parser.expect('end', 'the end of the value')
    return value
  })
}

/** For texts that are not part of a run: no handle has a value. */
export const noHandles: HandleSource = {
  handle: () => ({ ok: false, problem: 'There are no handles outside of a run.' }),
}

export class WaveParser {
  readonly #lexer: WaveLexer
  readonly #handles: HandleSource

  constructor(lexer: WaveLexer, handles: HandleSource) {
    this.#lexer = lexer
    this.#handles = handles
  }

  peek(): WaveToken {
    return this.#lexer.peek()
  }

  expect(kind: WaveToken['kind'], expected: string): WaveToken {
    const token = this.#lexer.take()
    if (token.kind !== kind) throw this.#unexpected(token, expected)
    return token
  }

  value(type: ValueType): unknown {
    switch (type.kind) {
      case 'bool':
        return this.#keyword(['true', 'false'], 'true or false') === 'true'
      case 'f32':
        return Math.fround(this.#float())
      case 'f64':
        return this.#float()
      case 'char':
        return this.expect('char', "a char such as 'x'").value
      case 'string':
        return this.expect('string', 'a string in double quotes').value
      case 'list':
        return listValue(
          type,
          this.#sequence('[', ']', 'a list in [ and ]', () => this.value(type.element)),
        )
      case 'fixed-length-list':
        return this.#fixedLengthList(type.element, type.length)
      case 'map':
        return this.#map(type.key, type.value)
      case 'tuple':
        return this.#tuple(type.types)
      case 'record':
        return this.#record(type)
      case 'flags':
        return this.#flags(type)
      case 'enum':
        return this.#enum(type)
      case 'variant':
        return this.#variant(type)
      case 'option':
        return this.#option(type)
      case 'result':
        return this.#result(type)
      case 'own':
      case 'borrow':
        return this.#handle(type)
      case 'stream':
      case 'future':
      case 'error-context':
        throw this.#unexpected(this.peek(), `a ${type.kind}, which has no text form: only a program can make one`)
      default:
        return this.#integer(type.kind)
    }
  }

  /** The value of an option that is not there. */
  absent(type: ValueType): unknown {
    return type.kind === 'option' && isTaggedOption(type) ? { tag: 'none' } : undefined
  }

  /** Values between `open` and `close`, separated by commas; a comma may stand after the last one. */
  #sequence(
    open: '[' | '(' | '{',
    close: ']' | ')' | '}',
    expected: string,
    element: (index: number) => unknown,
  ): unknown[] {
    this.expect(open, expected)
    const elements: unknown[] = []
    while (this.peek().kind !== close) {
      elements.push(element(elements.length))
      if (this.peek().kind !== ',') break
      this.#lexer.take()
    }
    this.expect(close, `, or ${close}`)
    return elements
  }

  #fixedLengthList(element: ValueType, length: number): unknown[] {
    const open = this.peek()
    const expected = `a list of ${length} elements`
    const elements = this.#sequence('[', ']', expected, (index) => {
      if (index >= length) throw this.#unexpected(this.peek(), `] after ${length} elements`)
      return this.value(element)
    })
    if (elements.length < length) throw new Mistake(open, expected, `${elements.length} elements`)
    return elements
  }

  #map(key: ValueType, value: ValueType): Map<unknown, unknown> {
    const entries = new Map<unknown, unknown>()
    this.#sequence('[', ']', 'a list of (key, value) pairs', () => {
      const start = this.peek()
      const [name, entry] = this.#tuple([key, value])
      if (entries.has(name)) throw new Mistake(start, 'another key', 'one that is there already')
      entries.set(name, entry)
    })
    return entries
  }

  #tuple(types: readonly ValueType[]): unknown[] {
    const expected = `a tuple of ${types.length}: (${types.map((each) => typeText(each)).join(', ')})`
    const values = this.#sequence('(', ')', expected, (index) => {
      const type = types[index]
      if (!type) throw this.#unexpected(this.peek(), `) after ${types.length} values`)
      return this.value(type)
    })
    const missing = types[values.length]
    if (missing) {
      const end = this.#lexer.lastEnd
      throw new Mistake(
        { start: end - 1, end },
        `${typeText(missing)}, value ${values.length + 1} of ${types.length}`,
        '“)”',
      )
    }
    return values
  }

  #record(type: RecordType): unknown {
    const open = this.peek()
    const fields = new Map(type.fields.map((field) => [field.name, field.type]))
    const given = new Map<string, unknown>()
    this.expect('{', `a record such as {${type.fields[0]?.name ?? ''}: …}`)
    if (this.peek().kind === ':') {
      this.#lexer.take()
      this.expect('}', '} of the empty record {:}')
    } else this.#fields(fields, given)
    const record: Record<string, unknown> = {}
    for (const { name, type: fieldType } of type.fields) {
      if (!given.has(name) && fieldType.kind !== 'option')
        throw new Mistake(open, `field ${name}: ${typeText(fieldType)}`, 'a record without it')
      record[camelCase(name)] = given.has(name) ? given.get(name) : this.absent(fieldType)
    }
    return record
  }

  #fields(fields: ReadonlyMap<string, ValueType>, given: Map<string, unknown>): void {
    do {
      if (given.size > 0 && this.peek().kind === '}') break
      const name = this.#member([...fields.keys()], 'field', [...given.keys()])
      this.expect(':', `: and the value of ${name.value}`)
      const type = fields.get(name.value)
      if (type) given.set(name.value, this.value(type))
    } while (this.#comma())
    this.expect('}', ', or }')
  }

  #comma(): boolean {
    if (this.peek().kind !== ',') return false
    this.#lexer.take()
    return true
  }

  /** A label out of `names` that is not yet in `taken`. Here keywords are labels like any other. */
  #member(names: readonly string[], what: string, taken: readonly string[]): WaveToken {
    const token = this.expect('label', `a ${what}: ${alternatives(names)}`)
    const found = quote(token.value)
    if (taken.includes(token.value)) throw new Mistake(token, `another ${what}`, `${found} for the second time`)
    if (!names.includes(token.value)) throw unknownName(token, names, what)
    return token
  }

  #flags(type: FlagsType): unknown {
    const set: string[] = []
    this.#sequence('{', '}', 'flags such as {} or {' + (type.labels[0] ?? '') + '}', () => {
      set.push(this.#member(type.labels, 'flag', set).value)
    })
    return Object.fromEntries(type.labels.map((label) => [camelCase(label), set.includes(label)]))
  }

  #enum(type: EnumType): string {
    return this.#case(type.cases).value
  }

  #variant(type: VariantType): unknown {
    const name = this.#case(type.cases.map((each) => each.name))
    const payload = type.cases.find((each) => each.name === name.value)?.type
    return payload ? { tag: name.value, val: this.#payload(payload, name) } : { tag: name.value }
  }

  #case(names: readonly string[]): WaveToken {
    const token = this.expect('label', alternatives(names.map(escapeLabel)))
    if (token.bare && waveKeywords.has(token.value)) {
      const hint = names.includes(token.value)
        ? `%${token.value}, as ${token.value} alone is a keyword`
        : alternatives(names)
      throw new Mistake(token, hint, `the keyword ${quote(token.value)}`)
    }
    if (!names.includes(token.value)) throw unknownName(token, names, 'case')
    return token
  }

  #payload(type: ValueType, owner: WaveToken): unknown {
    this.expect('(', `( and the ${typeText(type)} of ${owner.value}`)
    const value = this.value(type)
    this.expect(')', ')')
    return value
  }

  #option(type: OptionType): unknown {
    const token = this.peek()
    const payload = type.some
    const tagged = isTaggedOption(type)
    if (isKeyword(token, 'none')) {
      this.#lexer.take()
      return this.absent(type)
    }
    let value: unknown
    if (isKeyword(token, 'some')) value = this.#payload(payload, this.#lexer.take())
    else if (payload.kind === 'option' || payload.kind === 'result') throw this.#unexpected(token, 'some(…) or none')
    else value = this.#flat(payload, `none, some(…) or ${typeText(payload)}`)
    return tagged ? { tag: 'some', val: value } : value
  }

  #result(type: ResultType): unknown {
    const token = this.peek()
    for (const tag of ['ok', 'err'] as const) {
      if (!isKeyword(token, tag)) continue
      this.#lexer.take()
      const payload = type[tag]
      if (!payload && this.peek().kind === '(')
        throw this.#unexpected(this.peek(), `nothing after ${tag}, which has no payload`)
      return { tag, val: payload ? this.#payload(payload, token) : undefined }
    }
    const form = (tag: 'ok' | 'err'): string => (type[tag] ? `${tag}(…)` : tag)
    const forms = `${form('ok')} or ${form('err')}`
    if (!type.ok || type.ok.kind === 'option' || type.ok.kind === 'result') throw this.#unexpected(token, forms)
    return { tag: 'ok', val: this.#flat(type.ok, `${forms}, or ${typeText(type.ok)}`) }
  }

  /** A payload without `some(…)` or `ok(…)` around it. A first word that does not fit is explained with all choices. */
  #flat(type: ValueType, expected: string): unknown {
    const token = this.peek()
    try {
      return this.value(type)
    } catch (error) {
      if (error instanceof Mistake && error.start === token.start && isPrimitiveLike(type))
        throw new Mistake(error, expected, error.found)
      throw error
    }
  }

  #handle(type: OwnType | BorrowType): unknown {
    const expected = `a handle of ${type.resource.name}, such as %1`
    const token = this.expect('handle', expected)
    const outcome = this.#handles.handle(Number(token.value), type)
    if (!outcome.ok) throw new Mistake(token, expected, `%${token.value}`, outcome.problem)
    return outcome.value
  }

  #integer(kind: IntegerKind): number | bigint {
    const { lowest, highest } = integerRange(kind)
    const expected = `a whole number from ${lowest} to ${highest} (${kind})`
    const token = this.expect('number', expected)
    if (!/^-?[0-9]+$/.test(token.value)) throw new Mistake(token, expected, quote(token.value))
    const value = BigInt(token.value)
    if (value < lowest || value > highest) throw new Mistake(token, expected, quote(token.value))
    return kind === 's64' || kind === 'u64' ? value : Number(value)
  }

  #float(): number {
    const token = this.#lexer.take()
    if (isKeyword(token, 'nan')) return Number.NaN
    if (isKeyword(token, 'inf')) return Number.POSITIVE_INFINITY
    if (token.kind !== 'number') throw this.#unexpected(token, 'a number, nan, inf or -inf')
    return token.value === '-inf' ? Number.NEGATIVE_INFINITY : Number(token.value)
  }

  #keyword(words: readonly string[], expected: string): string {
    const token = this.#lexer.take()
    if (token.kind !== 'label' || !token.bare || !words.includes(token.value)) throw this.#unexpected(token, expected)
    return token.value
  }

  #unexpected(token: WaveToken, expected: string): Mistake {
    const { problem } = token
    if (problem !== undefined) return new Mistake(token, expected, quote(this.#source(token)), `${capital(problem)}.`)
    return new Mistake(token, expected, token.kind === 'end' ? 'the end of the text' : quote(this.#source(token)))
  }

  #source(token: WaveToken): string {
    return this.#lexer.text.slice(token.start, token.end)
  }
}

function unknownName(token: WaveToken, names: readonly string[], what: string): Mistake {
  const near = closest(token.value, names)
  const found = quote(token.value)
  const hint = near === undefined ? `expected ${alternatives(names)}.` : `did you mean ${near}?`
  return new Mistake(token, alternatives(names), found, `There is no ${what} ${found}: ${hint}`)
}

function isKeyword(token: WaveToken, word: string): boolean {
  return token.kind === 'label' && token.bare === true && token.value === word
}

function isPrimitiveLike(type: ValueType): boolean {
  const kinds: readonly string[] = [...integerKinds, 'f32', 'f64', 'bool', 'char', 'string']
  return kinds.includes(type.kind)
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
