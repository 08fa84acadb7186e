import { expect, it } from 'vitest'
import { methods } from './protocol.ts'

it('says of an interface of WASI that a run has nothing behind it, and puts it after those that it has', async () => {
  const text = 'package a:b;\nworld w {\n  import wasi:ran\n}\n'
  const found = await methods.completions({ 'world.wit': text }, { file: 'world.wit', line: 3, column: 18 })
  const random = found.filter(({ label }) => label.startsWith('wasi:random/'))
  const ordered = random.toSorted((one, other) => one.order - other.order).map(({ label, detail }) => [label, detail])
  expect(ordered[0]?.[0]).toBe('wasi:random/random@0.2.12')
  expect(ordered[0]?.[1]).not.toBe('a run has nothing behind it yet')
  expect(ordered.find(([label]) => label === 'wasi:random/random@0.3.0')?.[1]).toBe('a run has nothing behind it yet')
  const http = found.find(({ label }) => label === 'wasi:http/incoming-handler@0.2.12')
  expect(http?.detail).toBe('a run has nothing behind it yet')
})

it('says no such thing of what a run drives, where the world exports it', async () => {
  const text = 'package a:b;\nworld w {\n  export wasi:\n}\n'
  const found = await methods.completions({ 'world.wit': text }, { file: 'world.wit', line: 3, column: 15 })
  for (const label of ['wasi:http/incoming-handler@0.2.12', 'wasi:cli/run@0.2.12']) {
    expect(found.find((each) => each.label === label)).toMatchObject({ detail: expect.not.stringContaining('nothing') })
  }
  const types = found.find((each) => each.label === 'wasi:random/random@0.3.0')
  expect(types?.detail).toContain('nothing behind it')
})
