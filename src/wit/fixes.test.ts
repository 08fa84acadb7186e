import { assert, constantFrom, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, Fix } from '../contract/fault.ts'
import type { Builtin } from './packages.ts'
import { mended } from '../state/mend.ts'
import { checkWit } from './check.ts'
import { parseWit } from './parse.ts'

const builtins: Builtin[] = [
  {
    package: 'wasi:clocks@0.2.12',
    text: 'package wasi:clocks@0.2.12; interface wall-clock { record datetime { s: u64 } }',
  },
]
const check = (text: string): Diagnostic[] => checkWit({ 'a.wit': text }, builtins)

const apply = (text: string, fix: Fix): string =>
  mended({ 'a.wit': text }, fix)?.text ?? expect.fail(`${fix.title} is for another text`)

const head = 'package a:b;\n\n'
const inInterface = (text: string): string =>
  `${head}interface types {\n  record item { a: u8 }\n}\n\ninterface i {\n  ${text}\n}\n`
const inWorld = (text: string): string => `${head}world w {\n  ${text}\n}\n`

/** A message without the places in it: what stands after a fix moves. */
const plain = (message: string): string => message.replace(/\d+:\d+/g, '')

describe('fixes', () => {
  it.each([
    ['Write my-name', inInterface('myName: func();'), inInterface('my-name: func();')],
    ['Write %list', inInterface('record list { a: u8 }'), inInterface('record %list { a: u8 }')],
    ['Insert ;', inInterface('f: func()'), inInterface('f: func();')],
    ['Write ->', inInterface('f: func() => u8;'), inInterface('f: func() -> u8;')],
    ['Write func', inInterface('f: function();'), inInterface('f: func();')],
    ['Write record', inWorld('recrod r { a: u8 }'), inWorld('record r { a: u8 }')],
    ['Delete ;', inInterface('record r { a: u8 };'), inInterface('record r { a: u8 }')],
    ['Insert export', inWorld('f: func();'), inWorld('export f: func();')],
    ['Insert import', inWorld('f: func();'), inWorld('import f: func();')],
    ['Write :', inWorld('export f func();'), inWorld('export f: func();')],
    ['Write :', inWorld('export f = func();'), inWorld('export f: func();')],
    ['Write : func', inWorld('export f (a: u8);'), inWorld('export f: func(a: u8);')],
    ['Write : func', inWorld('export f fun(a: u8);'), inWorld('export f: func(a: u8);')],
    ['Write :', inWorld('export f = interface { g: func(); };'), inWorld('export f: interface { g: func(); }')],
    ['Write greet: func', inWorld('export function greet(a: u8): u8;'), inWorld('export greet: func(a: u8): u8;')],
    ['Write ,', inInterface('record r { a: u8; b: u8 }'), inInterface('record r { a: u8, b: u8 }')],
    [
      'Insert ,',
      inInterface('record r {\n    a: u8\n    b: u8,\n  }'),
      inInterface('record r {\n    a: u8,\n    b: u8,\n  }'),
    ],
    [
      'Write ,',
      inInterface('record r { a: u8; b: list<u8>; c: u8; }'),
      inInterface('record r { a: u8, b: list<u8>, c: u8, }'),
    ],
    ['Write list<list<u8>>', inInterface('f: func(a: u8[][]);'), inInterface('f: func(a: list<list<u8>>);')],
    ['Write list<u8>', inInterface('f: func(a: u8[]);'), inInterface('f: func(a: list<u8>);')],
    [
      'Write list<item>',
      inInterface('use types.{item};\n  f: func() -> item[];'),
      inInterface('use types.{item};\n  f: func() -> list<item>;'),
    ],
    ['Write record', inInterface('struct r { a: u8 }'), inInterface('record r { a: u8 }')],
    ['Write record', inWorld('struct r { a: u8 }'), inWorld('record r { a: u8 }')],
    ['Write resource', inWorld('class r { f: func(); }'), inWorld('resource r { f: func(); }')],
    ['Write s32', inInterface('f: func() -> int;'), inInterface('f: func() -> s32;')],
    ['Write string', inInterface('f: func() -> strnig;'), inInterface('f: func() -> string;')],
    [
      'Add use types.{item};',
      inInterface('f: func() -> item;'),
      inInterface('f: func() -> item;').replace('interface i {', 'interface i {\n  use types.{item};'),
    ],
    [
      'Define the record person',
      inInterface('f: func() -> person;'),
      inInterface('f: func() -> person;\n\n  record person {\n    field: string,\n  }'),
    ],
    [
      'Write types',
      inWorld('import typse;') + 'interface types {}\n',
      inWorld('import types;') + 'interface types {}\n',
    ],
    ['Define the interface logs', inWorld('import logs;'), `${inWorld('import logs;')}\ninterface logs {\n}\n`],
    [
      'Define the interface logs',
      inWorld('use logs.{line, level as kind};'),
      `${inWorld('use logs.{line, level as kind};')}\ninterface logs {\n  record line {\n    field: string,\n  }\n\n  record level {\n    field: string,\n  }\n}\n`,
    ],
    [
      'Write item as itme',
      inInterface('use types.{itme};\n  f: func() -> itme;'),
      inInterface('use types.{item as itme};\n  f: func() -> itme;'),
    ],
    ['Write item', inInterface('use types.{itme};'), inInterface('use types.{item};')],
    [
      'Write wasi:clocks/wall-clock@0.2.12',
      inWorld('import wall-clock;'),
      inWorld('import wasi:clocks/wall-clock@0.2.12;'),
    ],
    [
      'Write wasi:clocks/wall-clock@0.2.12',
      inWorld('import wasi:clocks/wall-clock;'),
      inWorld('import wasi:clocks/wall-clock@0.2.12;'),
    ],
    [
      'Write wasi:clocks/wall-clock@0.2.12',
      inWorld('import wasi:clock/wall-clock@0.2.12;'),
      inWorld('import wasi:clocks/wall-clock@0.2.12;'),
    ],
    [
      'Write wall-clock',
      inWorld('import wasi:clocks/wal-clock@0.2.12;'),
      inWorld('import wasi:clocks/wall-clock@0.2.12;'),
    ],
  ])('%s', (title, text, expected) => {
    const fixes = check(text).flatMap((each) => each.fixes ?? [])
    const fix =
      fixes.find((each) => each.title === title) ?? expect.fail(`only ${fixes.map((each) => each.title).join()}`)
    expect(apply(text, fix)).toBe(expected)
  })

  it('mend what they are offered for, whatever else is wrong', () => {
    const text =
      inInterface(
        'use types.{item};\n  enum colour { red, blue }\n  resource cart {\n    constructor(a: u8);\n    add: func(b: item) -> result<_, colour>;\n  }\n  f: async func(a: list<u8>) -> option<item>;',
      ) + 'world w {\n  import i;\n  export g: func(a: u8) -> string;\n  import wasi:clocks/wall-clock@0.2.12;\n}\n'
    const mutation = tuple(
      integer({ min: 0, max: text.length }),
      integer({ min: 0, max: 4 }),
      constantFrom('', ';', ',', ' ', '_', 'x', '}', '->', 'func'),
    )
    assert(
      property(mutation, ([at, length, insert]) => {
        const broken = text.slice(0, at) + insert + text.slice(at + length)
        // What a name stands for is a guess while the syntax is wrong: then only the fixes of that are held to it.
        const syntax = new Set(parseWit(broken).problems.map((each) => each.message))
        const found = check(broken)
        const before = new Set(found.map((each) => plain(each.message)))
        for (const { message, place, fixes = [] } of found)
          for (const fix of syntax.size === 0 || syntax.has(message) ? fixes : []) {
            const after = check(apply(broken, fix))
            const same = after.filter(
              (each) =>
                each.message === message && each.place?.line === place?.line && each.place?.column === place?.column,
            )
            expect(same, `${fix.title} in\n${broken}`).toEqual([])
            // No error in the place of another. What a syntax error hid may well come to light.
            const mendedText = apply(broken, fix)
            const hidden = new Set(syntax.size === 0 ? [] : after.map((each) => each.message))
            for (const { message: told } of parseWit(mendedText).problems) hidden.delete(told)
            const fresh = after.filter((each) => !before.has(plain(each.message)) && !hidden.has(each.message))
            expect(fresh, `${fix.title} in\n${broken}`).toEqual([])
          }
      }),
      { numRuns: 500 },
    )
  })
})
