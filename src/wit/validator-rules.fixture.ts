/**
 * Texts that parse and resolve but that no valid component can have, each with the place of the member at fault: rules of
 * Binary.md#type-definitions and Explainer.md#import-and-export-definitions.
 */
export interface ValidatorRule {
  readonly rule: string
  readonly text: string
  /** `line:column` of the only diagnostic. */
  readonly at: string
}

const inInterface = (body: string): string =>
  `package example:demo;\ninterface api {\n${body}\n}\nworld app { import api; }\n`

const tenOf = (name: string): string => Array.from({ length: 10 }, () => name).join(', ')

const flags = Array.from({ length: 33 }, (_, index) => `flag-${index}`)

export const validatorRules: readonly ValidatorRule[] = [
  { rule: 'a record field twice', text: inInterface('record pair { left: u8, left: u8 }'), at: '3:25' },
  { rule: 'record fields differing in case', text: inInterface('record pair { left: u8, LEFT: u8 }'), at: '3:25' },
  { rule: 'a variant case twice', text: inInterface('variant v { one, one(u8) }'), at: '3:18' },
  { rule: 'variant cases differing in case', text: inInterface('variant v { one, ONE }'), at: '3:18' },
  { rule: 'an enum case twice', text: inInterface('enum e { red, green, red }'), at: '3:22' },
  { rule: 'enum cases differing in case', text: inInterface('enum e { red, RED }'), at: '3:15' },
  { rule: 'a flag twice', text: inInterface('flags f { read, write, read }'), at: '3:24' },
  { rule: 'flags differing in case', text: inInterface('flags f { read, READ }'), at: '3:17' },
  { rule: 'an empty record', text: inInterface('record nothing {}'), at: '3:8' },
  { rule: 'empty flags', text: inInterface('flags nothing {}'), at: '3:7' },
  { rule: 'an empty tuple', text: inInterface('f: func(x: tuple<>);'), at: '3:12' },
  { rule: 'an empty tuple in an alias', text: inInterface('type nothing = option<tuple<>>;'), at: '3:23' },
  { rule: 'more than 32 flags', text: inInterface(`flags many {\n${flags.join(',\n')}\n}`), at: '36:1' },
  { rule: 'functions differing in case', text: inInterface('run: func();\nRUN: func();'), at: '4:1' },
  { rule: 'a type and a function differing in case', text: inInterface('type run = u8;\nRUN: func();'), at: '4:1' },
  {
    rule: 'methods differing in case',
    text: inInterface('resource r {\nget: func();\nGET: static func();\n}'),
    at: '5:1',
  },
  {
    rule: 'a method named like its resource',
    text: inInterface('resource r {\nget: func();\nR: static func();\n}'),
    at: '5:1',
  },
  { rule: 'parameters differing in case', text: inInterface('f: func(x: u8, X: u8);'), at: '3:16' },
  { rule: 'a fixed length of zero', text: inInterface('type none = list<u8, 0>;'), at: '3:22' },
  {
    rule: 'a type of more than a million parts',
    text: inInterface(
      ['u8', 'a', 'b', 'c', 'd', 'e'].map((of, at) => `type ${'abcdef'[at]} = tuple<${tenOf(of)}>;`).join('\n'),
    ),
    at: '8:6',
  },
  {
    rule: 'world imports differing in case',
    text: 'package example:demo;\nworld app {\n  import run: func();\n  import RUN: func();\n}\n',
    at: '4:10',
  },
  {
    rule: 'an empty record that a world uses',
    text: 'package example:demo;\nworld app {\n  record nothing {}\n  export run: func(x: nothing);\n}\n',
    at: '3:10',
  },
]
