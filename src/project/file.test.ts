import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examples } from './examples/index.ts'
import { readExample } from './examples/read.ts'
import { parseProjectFile, projectFile } from './file.ts'

describe('a project file', () => {
  it.each(examples)('holds all of the example $id', async (example) => {
    const project = await readExample(example)
    const file = projectFile(project)
    if (!file.ok) return expect.unreachable(file.fault.message)
    const { name, text } = file.value
    expect(name).toBe(`${example.id}.witcraft.json`)
    expect(parseProjectFile(name, text)).toEqual({ ok: true, value: project })
  })

  it.each([
    ['', 'not JSON'],
    ['{', 'not JSON'],
    ['[]', 'does not hold a project'],
    ['{"schema":1}', 'does not hold a project'],
  ])('says what is wrong with %j', (text, message) => {
    const outcome = parseProjectFile('notes.json', text)
    expect(!outcome.ok && outcome.fault.message).toMatch(new RegExp(`^notes\\.json.*${message}`))
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(parseProjectFile('x', text)).toHaveProperty('ok')
      }),
    )
  })
})
