import type { AbiLayout } from './abi.ts'
import { builtinLayout } from './abi.ts'
import { primitiveInTypescript } from './typescript.ts'

/** What a word of WIT stands for. */
export interface KeywordDoc {
  /** The word as it is used. */
  readonly wit: string
  /** Markdown. */
  readonly docs: string
  readonly typescript: string | undefined
  readonly layout: AbiLayout | undefined
}

/** The word as it is used, what it stands for, and for types with parts: what they become in TypeScript. */
type Entry = readonly [wit: string, docs: string, typescript?: string]

const whole = (bits: number, signed: boolean): string => {
  const values = 2n ** BigInt(signed ? bits - 1 : bits)
  const [least, most] = [signed ? -values : 0n, values - 1n]
  return `A whole number from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}.`
}

const integers = [8, 16, 32, 64].flatMap((bits): [string, Entry][] => [
  [`s${bits}`, [`s${bits}`, whole(bits, true)]],
  [`u${bits}`, [`u${bits}`, whole(bits, false)]],
])

/** WIT.md#wit-types, WIT.md#wit-packages and what follows. */
const entries = new Map<string, Entry>([
  ...integers,
  ['bool', ['bool', '`true` or `false`.']],
  ['f32', ['f32', 'A floating-point number of 32 bits (IEEE 754).']],
  ['f64', ['f64', 'A floating-point number of 64 bits (IEEE 754), as every `number` of TypeScript.']],
  ['char', ['char', 'One Unicode scalar value: a string of one character in TypeScript.']],
  ['string', ['string', 'Text of any length.']],
  ['error-context', ['error-context', 'What is known of an asynchronous failure.', 'Error']],
  [
    'list',
    [
      'list<T>',
      'Any number of values of one type; `list<T, 4>` has exactly four.',
      'Array<T>, or Uint8Array and the like for numbers',
    ],
  ],
  ['option', ['option<T>', 'A value, or none.', 'T | undefined']],
  [
    'result',
    [
      'result<T, E>',
      'What a function returns where it succeeds, or the error where it fails. Either may be left out: `result<_, E>`, `result<T>`, `result`.',
      'T is returned, E is thrown',
    ],
  ],
  ['tuple', ['tuple<A, B>', 'Several values in an order, each of its own type.', '[A, B]']],
  ['map', ['map<K, V>', 'Values by keys.', 'Map<K, V>']],
  [
    'own',
    [
      'own<R>',
      'A handle of a resource that is given away: whoever gets it drops it. The name alone means the same.',
      'R',
    ],
  ],
  ['borrow', ['borrow<R>', 'A handle of a resource for the time of the call: it stays with the caller.', 'R']],
  ['stream', ['stream<T>', 'Values that come over time.', 'AsyncIterable<T>']],
  ['future', ['future<T>', 'A value that comes later.', 'PromiseLike<T>']],
  ['package', ['package ns:name@1.0.0;', 'Which package the file belongs to.']],
  ['world', ['world name { … }', 'What a component imports and exports.']],
  [
    'interface',
    ['interface name { … }', 'Types and functions that belong together: worlds import and export them as one.'],
  ],
  ['import', ['import name;', 'What the component gets from outside.']],
  ['export', ['export name;', 'What the component gives to the outside.']],
  ['include', ['include other;', 'All imports and exports of another world.']],
  ['with', ['include other with { a as b }', 'Gives other names to what is included.']],
  ['use', ['use other.{name};', 'Takes types of another interface in.']],
  ['as', ['name as other', 'Gives another name to what is taken in.']],
  ['from', ['from', 'A word of WIT that nothing uses yet.']],
  ['func', ['name: func(a: u8) -> string', 'A function. Without `->` it returns nothing.']],
  ['async', ['name: async func()', 'A function that may wait.']],
  ['static', ['name: static func()', 'A function of a resource that needs no object of it.']],
  ['constructor', ['constructor(a: u8);', 'Makes an object of the resource.']],
  ['resource', ['resource name { … }', 'Objects with methods, which the other side has handles of.', 'class']],
  ['record', ['record name { a: u8 }', 'Named fields.', 'interface']],
  [
    'variant',
    [
      'variant name { a, b(u8) }',
      'One of several cases, which may hold a value.',
      "{ tag: 'a' } | { tag: 'b', val: number }",
    ],
  ],
  ['enum', ['enum name { a, b }', 'One of several names.', "'a' | 'b'"]],
  ['flags', ['flags name { a, b }', 'Any of several names at once.', '{ a?: boolean, b?: boolean }']],
  ['type', ['type name = u8;', 'Another name for a type.']],
])

export function keywordDoc(word: string): KeywordDoc | undefined {
  const entry = entries.get(word)
  if (entry === undefined) return undefined
  const [wit, docs, typescript = primitiveInTypescript(word)] = entry
  return { wit, docs, typescript, layout: builtinLayout(word) }
}
