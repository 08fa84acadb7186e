import { describe, expect, it } from 'vitest'
import { checkWit, resolveWit } from './check.ts'
import { validatorRules } from './validator-rules.fixture.ts'

const told = (files: Record<string, string>, builtins: Parameters<typeof checkWit>[1] = []): string[] =>
  checkWit(files, builtins).map(({ place, message }) => `${place?.file}:${place?.line}:${place?.column} ${message}`)

const wasi = (version: string): { package: string; text: string } => ({
  package: `wasi:io@${version}`,
  text: `package wasi:io@${version};\ninterface streams { resource input; }\ninterface broken { f: func(x: nothing); }\n`,
})

describe('checkWit', () => {
  it('gives every diagnostic the stage wit, a place and something to do', () => {
    const [one] = checkWit({ 'world.wit': 'package a:b;\ninterface i { f: func(x: y); }\n' })
    expect(one).toMatchObject({
      stage: 'wit',
      severity: 'error',
      place: { file: 'world.wit', line: 2, column: 26, endLine: 2, endColumn: 27 },
    })
    expect(one?.next).not.toBe('')
  })

  it('resolves names across files, packages in braces and dependencies', () => {
    expect(
      told({
        'types.wit': 'interface types { record item { name: string } }',
        'world.wit': `package shop:app@1.0.0;
          use acme:log/log@2.0.0 as logging;
          world app { import logging; import acme:log/log@1.0.0; use types.{item}; export run: func(x: item); import n:n/i; }
          package n:n { interface i { use acme:log/log@1.0.0.{level}; f: func(l: level); } }`,
        'deps/log1.wit': 'package acme:log@1.0.0;\ninterface log { enum level { low } }',
        'deps/log2/a.wit': 'interface log { use types.{level}; }',
        'deps/log2/b.wit': 'package acme:log@2.0.0;\ninterface types { enum level { high } }',
      }),
    ).toEqual([])
  })

  it('keeps the names that a file takes in by use to that file', () => {
    const [first, ...more] = told({
      'a.wit': 'package a:b;\ninterface x {}\nuse x as y;\nworld one { import y; }',
      'b.wit': 'world two { import y; }',
    })
    expect(first).toMatch(/^b\.wit:1:20 There is no interface `y`/)
    expect(more).toEqual([])
  })

  it('tells mistakes in dependencies, and none in built-in packages', () => {
    const files = {
      'a.wit': 'package a:b;\nworld w { import wasi:io/streams@0.2.12; import c:d/e; }',
      'deps/c.wit': 'package c:d;\ninterface e { f: func(x: nothing); }',
    }
    expect(told(files, [wasi('0.2.12')])).toEqual(['deps/c.wit:2:26 There is no type `nothing` in the interface `e`.'])
  })

  it('prefers the package of the project to the built-in one', () => {
    const files = {
      'a.wit': 'package a:b;\nworld w { use wasi:io/streams@0.2.12.{mine}; }',
      'deps/io.wit': 'package wasi:io@0.2.12;\ninterface streams { resource mine; }',
    }
    expect(told(files, [wasi('0.2.12')])).toEqual([])
  })

  it('goes on with a compatible version, so that a wrong number is one mistake', () => {
    const files = { 'a.wit': 'package a:b;\nworld w { use wasi:io/streams@0.2.3.{input}; import f: func(x: input); }' }
    expect(told(files, [wasi('0.2.12'), wasi('0.3.0')])).toEqual([
      'a.wit:2:15 There is no `wasi:io@0.2.3` here, but 0.2.12, which is newer and compatible.',
    ])
  })

  it('goes on with the release line that is named, though that has less and another is newer', () => {
    const files = { 'a.wit': 'package a:b;\nworld w { use wasi:io/streams@0.2.99.{input}; import f: func(x: input); }' }
    expect(told(files, [wasi('0.2.12'), wasi('0.3.0')])).toEqual([
      'a.wit:2:15 There is no `wasi:io@0.2.99` here, but 0.2.12, which is older, so parts of what you name may be missing.',
    ])
  })

  it('accepts a dependency that is there twice with one text, and no other', () => {
    const root = { 'a.wit': 'package a:b;\nworld w { import c:d/e; }' }
    const text = 'package c:d;\ninterface e {}'
    expect(told({ ...root, 'deps/one/c.wit': text, 'deps/two/c.wit': text })).toEqual([])
    expect(told({ ...root, 'deps/one/c.wit': text, 'deps/two/c.wit': `${text}\ninterface f {}` })).toHaveLength(1)
  })

  it('believes dependencies in binary form', () => {
    const root = { 'world.wit': 'package a:b;\nworld w { import c:d/e; }' }
    expect(told({ ...root, 'deps/c.wasm': '\0asm c:d/e' })).toEqual([])
    expect(told({ ...root, 'deps/c.wasm': '\0asm x:y/z' })).toHaveLength(1)
  })

  it('does not call a name unknown whose definition has a syntax error', () => {
    const text =
      'package a:b;\ninterface i {\n  record point { x: u8,, y: u8 }\n  type size u8;\n  f: func(p: point, s: size);\n}\n'
    expect(told({ 'a.wit': text })).toHaveLength(2)
  })

  it('still tells names that are unknown next to a syntax error', () => {
    const text = 'package a:b;\ninterface i {\n  f: func( -> u8;\n  g: func() -> nothing;\n}\n'
    expect(told({ 'a.wit': text }).at(-1)).toMatch(/^a\.wit:4:16 There is no type `nothing`/)
  })

  it('copes with thousands of mistakes and with long chains of names', () => {
    const many = Array.from({ length: 3000 }, (_, at) => `  type t${at} = unknown-${at};`).join('\n')
    expect(told({ 'a.wit': `package a:b;\ninterface i {\n${many}\n}` })).toHaveLength(3000)
    const chain = Array.from({ length: 20000 }, (_, at) => `  type t${at} = t${at + 1};`).join('\n')
    expect(
      told({ 'a.wit': `package a:b;\ninterface i {\n${chain}\n  type t20000 = u8;\n  f: func() -> t0;\n}` }),
    ).toEqual([])
    const interfaces = Array.from({ length: 3000 }, (_, at) => `interface i${at} { use i${at + 1}.{t}; }`).join('\n')
    expect(
      told({ 'a.wit': `package a:b;\n${interfaces}\ninterface i3000 { type t = u8; }\nworld w { export i0; }` }),
    ).toEqual([])
    const worlds = Array.from({ length: 3000 }, (_, at) => `world w${at} { include w${at + 1}; }`).join('\n')
    expect(told({ 'a.wit': `package a:b;\n${worlds}\nworld w3000 { }` })).toEqual([])
  })

  it('leaves empty records alone until a world brings them into a component', () => {
    const text = 'package a:b;\ninterface i { record nothing {} }\n'
    expect(told({ 'a.wit': text })).toEqual([])
    expect(told({ 'a.wit': `${text}interface j { use i.{nothing}; }\nworld w { export j; }\n` })).toHaveLength(1)
    expect(told({ 'a.wit': `${text}world v { import i; }\nworld w { include v; }\n` })).toHaveLength(1)
  })

  it.each(validatorRules)('tells $rule at its place, once', ({ text, at }) => {
    expect(checkWit({ 'a.wit': text }).map(({ place }) => `${place?.line}:${place?.column}`)).toEqual([at])
  })
})

describe('resolveWit', () => {
  const files = {
    'a.wit':
      'package a:b;\ninterface types { type size = u32; }\ninterface i { use types.{size as s}; f: func(x: s); }\nworld base { import i; }\nworld w { include base; export g: func(); }\n',
  }

  it('remembers what each name stands for', () => {
    const { references, typeReferences } = resolveWit(files)
    const text = files['a.wit']
    expect(references.map(({ span, target }) => [text.slice(span.start, span.end), target.id])).toEqual([
      ['types', 'a:b/types'],
      ['i', 'a:b/i'],
      ['base', 'a:b/base'],
    ])
    expect(typeReferences.map(({ span, target }) => [text.slice(span.start, span.end), target.scope.title])).toEqual([
      ['size', 'the interface `types`'],
      ['s', 'the interface `i`'],
    ])
  })

  it('gives worlds with what their includes bring', () => {
    const worlds = resolveWit(files).worlds.map(({ scope, imports, exports }) => [
      scope.title,
      [...imports.values()].map(({ label }) => label),
      [...exports.values()].map(({ label }) => label),
    ])
    expect(worlds).toEqual([
      ['the world `base`', ['a:b/i'], []],
      ['the world `w`', ['a:b/i'], ['g']],
    ])
  })
})
