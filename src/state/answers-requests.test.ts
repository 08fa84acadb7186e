import { expect, test } from 'vitest'
import type { WorldOutline } from '../wit/world-outline.ts'
import { answersRequests } from './selectors.ts'
import { emptyProject } from './state.ts'

const place = { file: 'world.wit', line: 1, column: 1 }
const world = (name: string, ...exported: string[]): WorldOutline => ({
  name,
  imports: [],
  exports: exported.map((each) => ({ kind: 'interface', name: each, place, children: [] })),
  types: [],
})
const handler = 'wasi:http/incoming-handler'
const run = 'wasi:cli/run'

test.each([
  ['a handler alone', [world('w', handler)], '', true],
  ['a handler beside a program', [world('w', handler, run)], '', false],
  ['a program', [world('w', run)], '', false],
  ['a call that is shown', [world('w', handler)], 'greet()', false],
  ['the handler of another world', [world('w', run), world('v', handler)], '', false],
  ['a world that is not known yet', [], '', false],
] as const)('Run sends a request: %s', (_, outlines, call, expected) => {
  expect(answersRequests({ project: emptyProject, worlds: outlines.map(({ name }) => name), outlines, call })).toBe(
    expected,
  )
})
