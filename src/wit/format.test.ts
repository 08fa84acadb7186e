import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { array, assert, constantFrom, nat, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatWit } from './format.ts'
import { parseWit } from './parse.ts'

const format = (text: string): string => formatWit(parseWit(text)) ?? expect.fail(`syntax errors in:\n${text}`)

/** The tree without places: what formatting must not change. */
const meaning = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(meaning)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !['start', 'end', 'body', 'versionSpan'].includes(key))
  return Object.fromEntries(kept.map(([key, each]) => [key, meaning(each)]))
}

const comments = (text: string): string[] =>
  parseWit(text)
    .tokens.flatMap((token) => token.comments)
    .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim())

const expectKept = (text: string): void => {
  const formatted = format(text)
  expect(format(formatted)).toBe(formatted)
  expect(meaning(parseWit(formatted).file)).toEqual(meaning(parseWit(text).file))
  expect(comments(formatted)).toEqual(comments(text))
  expect(formatted).not.toMatch(/[ \t]+\n/)
}

describe('formatting', () => {
  it.each([
    {
      what: 'one item on a line, an empty line between interfaces and worlds',
      text: 'package a:b;interface c{d:func();e:func();}world f{import c;}',
      expected: 'package a:b;\n\ninterface c {\n  d: func();\n  e: func();\n}\n\nworld f {\n  import c;\n}\n',
    },
    {
      what: 'a line for each member, with a comma after the last one',
      text: 'interface a { record b { c: u8, d: u8 } enum e { f,g } variant h { i(u8), j } flags k { } }',
      expected:
        'interface a {\n  record b {\n    c: u8,\n    d: u8,\n  }\n  enum e {\n    f,\n    g,\n  }\n' +
        '  variant h {\n    i(u8),\n    j,\n  }\n  flags k {}\n}\n',
    },
    {
      what: 'one space where the grammar has words, none in names of packages',
      text: 'world a{import b:c/d@1.0.0;export e : b : c / f @ 0.1.0 ;include g with{h as i}use j.{k as l,m};}',
      expected:
        'world a {\n  import b:c/d@1.0.0;\n  export e: b:c/f@0.1.0;\n  include g with { h as i }\n  use j.{k as l, m};\n}\n',
    },
    {
      what: 'annotations on lines of their own, signatures without needless space',
      text:
        'interface a { @since( version=1.0.0 )@deprecated(version=1.1.0) b:async func( c:list<u8,4>,d:map< string , u8 > )' +
        '->result<_,string>; }',
      expected:
        'interface a {\n  @since(version = 1.0.0)\n  @deprecated(version = 1.1.0)\n' +
        '  b: async func(c: list<u8, 4>, d: map<string, u8>) -> result<_, string>;\n}\n',
    },
    {
      what: 'a signature that is too long over several lines, without a comma that the grammar lacks',
      text: `interface a { b: func(${['one', 'two', 'three', 'four'].map((name) => `parameter-${name}: list<string>`).join()},) -> bool; }`,
      expected:
        'interface a {\n  b: func(\n    parameter-one: list<string>,\n    parameter-two: list<string>,\n' +
        '    parameter-three: list<string>,\n    parameter-four: list<string>\n  ) -> bool;\n}\n',
    },
    {
      what: 'at most one of the empty lines that were there, none at the ends of a block',
      text: 'interface a {\n\n\n  b: func();\n\n\n\n  // c\n\n  d: func();\n  e: func();\n\n}\n\n\n',
      expected: 'interface a {\n  b: func();\n\n  // c\n\n  d: func();\n  e: func();\n}\n',
    },
    {
      what: 'comments where they belong',
      text:
        '// file\n\n/// docs\npackage a:b; // name\ninterface c { // body\nd: func(/* none */); /* after */\n// own\n' +
        'record e { f: u8 // one\n, g: u8 /* two */, /* three */ h: u8 // last\n} // end\n}\n// bottom',
      expected:
        '// file\n\n/// docs\npackage a:b; // name\n\ninterface c { // body\n  d: func(/* none */); /* after */\n  // own\n' +
        '  record e {\n    f: u8, // one\n    g: u8 /* two */,\n    /* three */ h: u8, // last\n  } // end\n}\n// bottom\n',
    },
    {
      what: 'stars of a block comment in a column, other text in one as it is',
      text: 'interface a {\n/**\n* b\n    * c\n*/\nd: func();\n/* e\n      f  \n*/\n  }',
      expected: 'interface a {\n  /**\n   * b\n   * c\n   */\n  d: func();\n  /* e\n      f\n*/\n}\n',
    },
    { what: 'nothing of an empty file', text: '\n\n', expected: '' },
  ])('gives $what', ({ text, expected }) => {
    expect(format(text)).toBe(expected)
    expectKept(text)
  })

  it('leaves a text with syntax errors alone', () => {
    expect(formatWit(parseWit('interface a { b func(); }'))).toBeUndefined()
  })

  it('keeps lines short', () => {
    const names = array(constantFrom('a', 'name', 'quite-a-long-name', 'an-even-longer-name-of-something'), {
      maxLength: 12,
    })
    const parameters = (list: readonly string[]): string => list.map((name, index) => `${name}-${index}: u8`).join()
    assert(
      property(names, (list) => {
        const text = format(`interface a { b: func(${parameters(list)}); }`)
        expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('keeps every comment, wherever it stands', () => {
    const text =
      'package a:b;\nworld c {\n@since(version = 1.0.0)\nuse d:e/f@0.1.0.{g as h, i};\ninclude j with { k as l }\n' +
      'record m { n: list<u8, 4>, o: tuple<u8, u8> }\nexport p: async func(q: u8, r: option<u8>) -> result<_, u8>;\n}\n'
    const { tokens } = parseWit(text)
    const comment = constantFrom(
      ' /* block */ ',
      ' // line\n',
      '\n/// docs\n',
      '\n\n/**\n * star\n */\n',
      '\n// own\n\n',
    )
    assert(
      property(array(tuple(nat(tokens.length - 1), comment), { maxLength: 5 }), (places) => {
        let written = text
        for (const [index, inserted] of places.toSorted(([a], [b]) => b - a)) {
          const at = tokens[index]?.start ?? 0
          written = written.slice(0, at) + inserted + written.slice(at)
        }
        expectKept(written)
      }),
      { numRuns: 300 },
    )
  })
})

const corpora = resolve(process.env['CORPORA'] ?? '../shared/corpora')
const texts = ['wit/good', 'wit/worlds', 'wasi']
  .map((folder) => join(corpora, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith('.wit'))
  .map(({ parentPath, name }) => join(parentPath, name))
  .filter((path) => parseWit(readFileSync(path, 'utf8')).problems.length === 0)

describe.skipIf(texts.length === 0)('formatting the corpora (needs CORPORA)', () => {
  it.each(texts)('keeps %s', (path) => {
    expectKept(readFileSync(path, 'utf8'))
  })
})
