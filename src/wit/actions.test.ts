import { expect, it } from 'vitest'
import { actionsAt } from './actions.ts'
import { checkWit, resolveWit } from './check.ts'
import { SymbolIndex } from './symbols.ts'
import { applyEdits } from './text.ts'

const builtins = [{ package: 'wasi:logs@0.2.0', text: 'package wasi:logs@0.2.0;\ninterface out { f: func(); }\n' }]

/** The actions at `|` in the text, with what each makes of it. */
const actions = (marked: string): Record<string, string> => {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = actionsAt(new SymbolIndex(resolveWit({ 'a.wit': text }, builtins)), 'a.wit', offset)
  return Object.fromEntries(found.map(({ title, edits }) => [title, applyEdits(text, edits)]))
}

it('imports an interface at the start of a world, and exports it at its end', () => {
  const rest = 'interface log { say: func(); }\n'
  const found = actions(`package a:b;\ninterface l|og { say: func(); }\nworld w {\n  export run: func();\n}\n`)
  expect(found).toEqual({
    'Import log into the world w': `package a:b;\n${rest}world w {\n  import log;\n  export run: func();\n}\n`,
    'Export log from the world w': `package a:b;\n${rest}world w {\n  export run: func();\n  export log;\n}\n`,
  })
  for (const text of Object.values(found)) expect(checkWit({ 'a.wit': text }, builtins)).toEqual([])
})

it('offers what a world does not do yet, of each of the worlds', () => {
  const found = actions(
    'package a:b;\ninterface |i {}\nworld one { import i; }\nworld two { export i; }\nworld three {}\n',
  )
  expect(Object.keys(found)).toEqual([
    'Export i from the world one',
    'Import i into the world two',
    'Import i into the world three',
    'Export i from the world three',
  ])
  for (const text of Object.values(found)) expect(checkWit({ 'a.wit': text }, builtins)).toEqual([])
})

it('names an interface of another package in full, and escapes a keyword', () => {
  const found = actions('package a:b;\nworld w {\n  import wasi:logs/|out@0.2.0;\n}\n')
  expect(found).toEqual({
    'Export out from the world w':
      'package a:b;\nworld w {\n  import wasi:logs/out@0.2.0;\n  export wasi:logs/out@0.2.0;\n}\n',
  })
  expect(Object.values(actions('package a:b;\ninterface %u|se {}\nworld w {}\n'))[0]).toContain('import %use;')
})

it('has nothing to do with other names, nor with a world whose file cannot be read', () => {
  expect(actions('package a:b;\ninterface i { type t| = u8; }\nworld w {}\n')).toEqual({})
  expect(actions('package a:b;\ninterface |i {}\nworld w { import }\n')).toEqual({})
  expect(actions('package a:b;\n| interface i {}\nworld w {}\n')).toEqual({})
})
