import ts from 'typescript'
import { expect, it } from 'vitest'
import { withVersions } from './import-fixes.ts'
import { serviceOf } from './service.fixture.ts'

const types = `declare module 'wasi:cli/stdout@0.2.12' {
  export interface OutputStream {}
  export function getStdout(): OutputStream;
}
declare module 'wasi:cli/stdout' {
  export * from 'wasi:cli/stdout@0.2.12';
}
declare module 'demo:app/mine' {
  export function ping(): void;
}
`

it.each([
  ['getStdout', '', ['Add import from "wasi:cli/stdout@0.2.12"']],
  ['ping', '', ['Add import from "demo:app/mine"']],
  // Who leaves versions out goes on to.
  ['getStdout', "import type { OutputStream } from 'wasi:cli/stdout'\n", ['Update import from "wasi:cli/stdout"']],
])('%s is imported by its full name', (name, before, descriptions) => {
  const text = `${before}export const f = () => { ${name}() }\n`
  const service = serviceOf({ '/types/world.d.ts': types, '/main.ts': text })
  const at = text.indexOf(name)
  const format = ts.getDefaultFormatCodeSettings()
  const fixes = service.getCodeFixesAtPosition('/main.ts', at, at + name.length, [2304], format, {})
  const imports = withVersions(fixes).filter(({ fixName }) => fixName === 'import')
  expect(imports.map(({ description }) => description)).toEqual(expect.arrayContaining(descriptions))
  expect(imports.filter(({ description }) => description === 'Add import from "wasi:cli/stdout"')).toEqual([])
})
