import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './outputs.ts'
import { toolsEntries, toolsInputs } from './tools-inputs.ts'

/** The sources that a source imports while it runs: types leave nothing behind. */
function imported(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const statements = text.matchAll(/^(?:import|export) (?!type\b)(?:[^'"]*? from )?['"](\.[^'"]*\.ts)['"]/gm)
  return [...statements].map(([, path = '']) => normalize(join(dirname(file), path)))
}

test('the key of a prepared world covers every source that has a part in it', () => {
  const reached = new Set<string>(toolsEntries)
  for (const file of reached) for (const next of imported(file)) reached.add(next)
  expect(reached.size).toBeGreaterThan(toolsEntries.length + 20)
  const missing = [...reached].filter(
    (file) => !toolsInputs.some((input) => file === input || file.startsWith(`${input}/`)),
  )
  expect(missing).toEqual([])
})
