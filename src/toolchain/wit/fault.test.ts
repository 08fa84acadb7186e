import { expect, test } from 'vitest'
import { witFault } from './fault.ts'

const files = {
  'deps/a.wit': 'package a:b;\ninterface bar { /* nope */ }',
  'world.wit':
    'package demo:app;\n// nope\nworld app {\n  import nope;\n  record r { a: u8 }\n  record r { a: u8 }\n  export f: func() -> borrow<x>;\n}',
}

test.each([
  ['interface or world `nope` does not exist', 4, 10, 14],
  ['name `r` is defined more than once', 6, 10, 11],
  ['function `[method]y.f` returns a type which contains a `borrow<T>`', 7, 10, 11],
  ['The function `f` uses async, which the QuickJS engine does not support.', 7, 10, 11],
  ['The function `demo:app/face@1.0.0#f` uses a stream.', 7, 10, 11],
  ["package 'demo:app' not found. known packages:\n    foo:foo", 1, 9, 17],
])('%s', (message, line, column, endColumn) => {
  expect(witFault(message, files).place).toEqual({ file: 'world.wit', line, column, endLine: line, endColumn })
})

test('a message that names nothing of the project has no place', () => {
  expect(witFault("Error: expected '{', found an identifier\n", files)).toEqual({
    stage: 'wit',
    message: "Expected '{', found an identifier.",
    next: 'Correct the WIT and run again.',
  })
})
