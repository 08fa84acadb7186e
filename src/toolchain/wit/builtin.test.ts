import { expect, it } from 'vitest'
import { builtinsNamedIn } from './builtin.ts'

const shipped = {
  'wasi:io@0.2.12': 'package wasi:io@0.2.12;\ninterface poll {}\n',
  'wasi:clocks@0.2.12': 'package wasi:clocks@0.2.12;\ninterface wall { use wasi:io/poll@0.2.12.{x}; }\n',
  'wasi:io@0.3.0': 'package wasi:io@0.3.0;\n',
}

it('serves an older patch by the text of the release, all of the packages alike, and says which release that is', () => {
  const found = builtinsNamedIn(shipped, ['world w { import wasi:clocks/wall@0.2.3; import wasi:io/poll@0.2.99; }'])
  expect(found.map(({ package: id, release }) => [id, release])).toEqual([
    ['wasi:io@0.2.12', undefined],
    ['wasi:clocks@0.2.12', undefined],
    ['wasi:io@0.3.0', undefined],
    ['wasi:io@0.2.3', '0.2.12'],
    ['wasi:clocks@0.2.3', '0.2.12'],
  ])
  expect(found.at(-1)?.text).toBe('package wasi:clocks@0.2.3;\ninterface wall { use wasi:io/poll@0.2.3.{x}; }\n')
})
