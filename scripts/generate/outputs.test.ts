import { expect, test } from 'vitest'
import { builtinWit } from './builtin-wit.ts'
import { contentHash, packageVersion } from './outputs.ts'
import { toolSizes } from './tool-sizes.ts'

test('a hash over sources changes with its texts and not with tests', () => {
  const hash = contentHash(['scripts/generate'])
  expect(contentHash(['scripts/generate/outputs.ts'])).not.toBe(hash)
  expect(contentHash(['scripts/generate'], ['x'])).not.toBe(hash)
  expect(contentHash(['scripts/generate/outputs.test.ts'])).toMatch(/^[0-9a-f]{32}$/)
})

test('packages have the versions that are installed', () => {
  expect(packageVersion('.')).toMatch(/^\d+\.\d+\.\d+$/)
  expect(packageVersion('quickjs-wasi')).toMatch(/^quickjs-wasi@\d+\.\d+\.\d+$/)
})

test('both lines of WASI are there, each with every package that its packages name', () => {
  const packages = builtinWit()
  for (const text of Object.values(packages)) {
    for (const [, name, version] of text.matchAll(/\b(wasi:[a-z-]+)\/[a-z-]+@(\d+\.\d+\.\d+)/g)) {
      expect(Object.keys(packages)).toContain(`${name}@${version}`)
    }
  }
  expect(Object.keys(packages)).toEqual(expect.arrayContaining(['wasi:cli@0.2.12', 'wasi:cli@0.3.0', 'wasi:io@0.2.12']))
})

test('the sizes of the tools are those of their core modules', () => {
  for (const size of Object.values(toolSizes())) expect(size).toBeGreaterThan(1_000_000)
})
