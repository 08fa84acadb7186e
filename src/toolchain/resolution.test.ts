import { expect, test } from 'vitest'
import { resolveSpecifier } from './engines/quickjs/modules.ts'
import { compileTypeScript } from './languages/typescript/compile.ts'
import { resolveImport } from './resolution.ts'

const files = Object.fromEntries(
  ['a.ts', 'b.mjs', 'c.mts', 'd.json', 'lib/index.js', 'lib/e.ts', 'deep/er/f.js', 'deep/index.mts', 'lib.ts'].map(
    (path) => [path, path.endsWith('.json') ? '1' : ''],
  ),
)
const from = 'deep/er/main.ts'

test.each([
  ['../../a', 'a.ts'],
  ['../../a.js', 'a.ts'],
  ['../../b', 'b.mjs'],
  ['../../c.mjs', 'c.mts'],
  ['../../d', 'd.json'],
  ['/d.json', 'd.json'],
  ['/lib/e', 'lib/e.ts'],
  ['../../lib', 'lib.ts'],
  ['../../lib/', 'lib.ts'],
  ['./f.js', 'deep/er/f.js'],
  ['..', 'deep/index.mts'],
  ['../../gone', undefined],
  ['./f.ts', undefined],
  ['../../../a.ts', undefined],
  ['a.ts', undefined],
])('%s leads the compiler and the engine to the same file', (specifier, path) => {
  const found = resolveImport(from, specifier, (file) => Object.hasOwn(files, file))
  expect(found.kind === 'file' ? found.path : undefined).toBe(path)
  const main = `import ${JSON.stringify(specifier)}`
  const compiled = compileTypeScript({ ...files, [from]: main }, from)
  const imported = compiled.ok ? Object.keys(compiled.value.source.modules).filter((file) => file !== from) : []
  expect(imported).toEqual(path === undefined ? [] : [path])
  const modules = { ...files, [from]: main }
  const resolution = resolveSpecifier({ entry: from, modules }, [], from, specifier)
  expect(resolution.ok ? resolution.name : undefined).toBe(path)
})
