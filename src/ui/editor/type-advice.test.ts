import { expect, it } from 'vitest'
import { mended } from '../../state/mend.ts'
import { adviceFor } from '../../toolchain/engines/quickjs/thrown.ts'
import { resolveSpecifier } from '../../toolchain/engines/quickjs/modules.ts'
import { compileTypeScript } from '../../toolchain/languages/typescript/compile.ts'
import { typeFault, type Known, spellingFix } from './type-advice.ts'

const guestTypes = {
  'interfaces/i.d.ts':
    "declare module 'i' {\n  export function f(): Q;\n  export interface Q {\n    a: number,\n  }\n}\n",
  'world.d.ts':
    "declare module 'demo:hello/hello' {\n  export type * as I from 'i'; // import i\n  export interface Person {\n    name: string,\n  }\n  \n  export class Desk implements Disposable {\n    private constructor();\n  }\n}\n",
}

const known: Known = {
  guestTypes,
  interfaces: ['wasi:cli/stdout@0.2.12'],
  textOf: (path) => (path === 'main.ts' ? 'const a = 1' : undefined),
}

it.each([
  [
    '2304',
    "Cannot find name 'Person'.",
    "Put `import type { Person } from 'demo:hello/hello'` at the top, or run anyway.",
  ],
  ['2304', "Cannot find name 'Desk'.", "Put `import type { Desk } from 'demo:hello/hello'` at the top, or run anyway."],
  ['2552', "Cannot find name 'Q'. Did you mean 'R'?", "Put `import type { Q } from 'i'` at the top, or run anyway."],
  ['2304', "Cannot find name 'Nobody'.", 'Change it, or run anyway.'],
  ['2322', "Type 'number' is not assignable to type 'string'.", 'Change it, or run anyway.'],
  ['1117', 'An object literal cannot have multiple properties with the same name.', 'Change it, or run anyway.'],
])('says what to do about %s %s', (code, message, advice) => {
  expect(typeFault({ code, message, file: 'main.ts', text: 'x' }, known)).toMatchObject({
    stage: 'types',
    message,
    next: advice,
  })
})

it.each([
  ['', "import type { Q } from 'i'\n\n"],
  ['const a = 1\n', "import type { Q } from 'i'\n\nconst a = 1\n"],
  ["import { a } from './a.ts'\n", "import type { Q } from 'i'\nimport { a } from './a.ts'\n"],
  ["// Mine.\nimport type { R } from 'i'\n", "// Mine.\nimport type { R, Q } from 'i'\n"],
  ["/*\nimport type { R } from 'i'\n*/\n", "import type { Q } from 'i'\n\n/*\nimport type { R } from 'i'\n*/\n"],
  ["// A {\nimport type {\n  R, // Mine, {\n} from 'i'\n", "// A {\nimport type {\n  R, Q, // Mine, {\n} from 'i'\n"],
  ["import type {} from 'i'\n", "import type { Q } from 'i'\nimport type {} from 'i'\n"],
  [
    "import type { S } from 'j'\nimport type { R, } from 'i'\n",
    "import type { S } from 'j'\nimport type { R, Q, } from 'i'\n",
  ],
  ["import type {\n  R,\n} from 'i'\n", "import type {\n  R, Q,\n} from 'i'\n"],
])('writes the import of a type that %j lacks', (text, after) => {
  const said = { code: '2304', message: "Cannot find name 'Q'.", file: 'main.ts', text: 'Q' }
  const [fix] = typeFault(said, { ...known, textOf: () => text }).fixes ?? []
  expect(fix && mended({ 'main.ts': text }, fix)?.text).toBe(after)
  expect(typeFault({ ...said, message: "Cannot find name 'S'." }, known).fixes).toBeUndefined()
})

it('writes it into a text of any length', () => {
  const said = { code: '2304', message: "Cannot find name 'Q'.", file: 'main.ts', text: 'Q' }
  for (const unit of [' ', 'R,\n', "\nimport type { R } from 'j'", '\nimport type {']) {
    const text = `import type {${unit.repeat(100_000)}`
    const [fix] = typeFault(said, { ...known, textOf: () => text }).fixes ?? []
    const after = fix && mended({ 'main.ts': text }, fix)?.text
    expect(after === `import type { Q } from 'i'\n${text}`).toBe(true)
  }
})

it('says that a run ends at what cannot be read', () => {
  const next = 'Correct it: a run cannot read past it.'
  const message = 'Expression expected.'
  expect(typeFault({ code: '1109', message, file: 'main.ts', text: '' }, known)).toEqual({
    stage: 'source',
    message,
    next,
  })
})

it('says of an import what a run says of it', () => {
  const message = "Cannot find module 'fs' or its corresponding type declarations."
  const said = { code: '2307', message, file: 'main.ts' }
  for (const specifier of ['fs', 'node:crypto', 'lodash', './text.ts', '../up.ts', 'wasi:cli/exit@0.2.12']) {
    const source = { entry: 'main.ts', modules: { 'main.ts': `import '${specifier}'` } }
    const run = compileTypeScript({ 'main.ts': `import * as x from '${specifier}'; x()` }, 'main.ts')
    const resolved = resolveSpecifier(source, known.interfaces, 'main.ts', specifier)
    const fault = run.ok ? (resolved.ok ? undefined : resolved.fault) : run.fault
    expect(fault).toMatchObject(typeFault({ ...said, text: `'${specifier}'` }, known))
    expect(fault?.message).not.toBe(message)
  }
})

it('says the same of a name that is known from elsewhere', () => {
  const message = "Cannot find name 'process'. Do you need to install type definitions for node? Try something."
  expect(typeFault({ code: '2591', message, file: 'main.ts', text: 'process' }, known)).toEqual({
    stage: 'types',
    message: "Cannot find name 'process'.",
    next: adviceFor("ReferenceError: 'process' is not defined"),
  })
})

it('offers the name that TypeScript takes a misspelled one for, in its place', () => {
  const text = 'export const greet = (name: string) => nmae\n'
  const place = { file: 'main.ts', line: 1, column: 40, endLine: 1, endColumn: 44 }
  const said = { code: '2552', message: "Cannot find name 'nmae'. Did you mean 'name'?", file: 'main.ts', text: 'nmae' }
  const withText = { ...known, textOf: () => text }
  const [fix, ...others] = spellingFix(said, place, withText)
  expect(others).toEqual([])
  expect(fix).toMatchObject({ title: 'Change nmae to name', offered: true })
  expect(fix && mended({ 'main.ts': text }, fix)?.text).toBe('export const greet = (name: string) => name\n')
  expect(spellingFix({ ...said, message: "Cannot find name 'nmae'." }, place, withText)).toEqual([])
  expect(spellingFix({ ...said, text: 'nmae()' }, place, withText)).toEqual([])
})
