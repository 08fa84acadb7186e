import { expect, it } from 'vitest'
import { addImport } from './add-import.ts'
import { checkWit } from './check.ts'

const stdout = 'wasi:cli/stdout@0.2.12'
const added = (text: string, world = 'w'): string | undefined => addImport({ 'a.wit': text }, world, stdout)?.text
const line = `import ${stdout};`

it.each([
  ['package a:b;\nworld w {\n  export f: func();\n}\n', `package a:b;\nworld w {\n  ${line}\n  export f: func();\n}\n`],
  ['package a:b;\nworld w {\n\texport f: func();\n}\n', `package a:b;\nworld w {\n\t${line}\n\texport f: func();\n}\n`],
  ['package a:b;\nworld w { export f: func(); }\n', `package a:b;\nworld w {\n  ${line}\n  export f: func(); }\n`],
  ['package a:b;\nworld w {}\n', `package a:b;\nworld w {\n  ${line}\n}\n`],
  ['package a:b;\nworld w {\n}\n', `package a:b;\nworld w {\n  ${line}\n}\n`],
  ['package a:b;\nworld w { // why\n  export f: func();\n}\n', undefined],
])('adds a line to %j', (text, expected) => {
  const result = added(text)
  if (expected !== undefined) expect(result).toBe(expected)
  expect(result).toContain(line)
  const cli = 'package wasi:cli@0.2.12;\ninterface stdout { f: func(); }\n'
  const builtins = { 'deps/cli/cli.wit': cli }
  expect(checkWit({ 'a.wit': result ?? '', ...builtins })).toEqual([])
})

it('writes an export at the end of the world', () => {
  const text = 'package a:b;\nworld w {\n  import b;\n}\ninterface b {}\n'
  const handler = 'wasi:http/incoming-handler@0.2.12'
  const once = addImport({ 'a.wit': text }, 'w', handler, 'export')?.text ?? ''
  expect(once).toBe(`package a:b;\nworld w {\n  import b;\n  export ${handler};\n}\ninterface b {}\n`)
  expect(addImport({ 'a.wit': once }, 'w', handler, 'export')).toBeUndefined()
})

it('finds the world among others, in the file that has it', () => {
  const files = {
    'a.wit': 'package a:b;\nworld other { }\n',
    'b.wit': '/// The one.\nworld w {\n    export f: func();\n}\n',
  }
  expect(addImport(files, 'w', stdout)).toEqual({
    path: 'b.wit',
    text: `/// The one.\nworld w {\n    ${line}\n    export f: func();\n}\n`,
  })
})

it('changes nothing where the import is there, or the world is not', () => {
  expect(added(`package a:b;\nworld w {\n  import  ${stdout};\n}\n`)).toBe(undefined)
  expect(added('package a:b;\nworld other { }\n')).toBe(undefined)
  expect(added('package a:b;\nworld w')).toBe(undefined)
})
