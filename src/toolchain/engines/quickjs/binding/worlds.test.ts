import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBinding } from '../facts.ts'
import { rehearsal } from '../rehearsal.ts'
import { Workshop } from '../testing/component.ts'

const folder = join(process.env.CORPORA ?? '../shared/corpora', 'wit/worlds')
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.wit')) : []

/** What the engine says that it does not support. */
const refused: Readonly<Record<string, RegExp>> = {
  'async-resource-func.wit': /uses async/,
  'future-same-type-different-names.wit': /uses a future/,
  'issue-1598.wit': /uses async/,
  'map.wit': /uses a map/,
  'resources-with-streams.wit': /uses a stream/,
}

describe.skipIf(files.length === 0)('worlds of the corpus', () => {
  let workshop: Workshop
  beforeAll(async () => {
    workshop = await Workshop.open()
  }, 120_000)
  afterAll(() => workshop.close())

  it.each(files)('%s', (file) => {
    const wit = readFileSync(join(folder, file), 'utf8')
    for (const [, world = ''] of wit.matchAll(/^\s*world\s+%?([\w-]+)/gm)) {
      const prepared = workshop.prepare(wit, world)
      const reason = refused[file]
      if (reason) {
        expect(prepared).toMatchObject({ ok: false, fault: { stage: 'build', message: expect.stringMatching(reason) } })
        continue
      }
      if (!prepared.ok) throw new Error(JSON.stringify(prepared.fault))
      const { transpiled, binding } = prepared.value
      for (const core of Object.values(transpiled.cores)) expect(WebAssembly.validate(new Uint8Array(core))).toBe(true)
      const { entry, modules } = rehearsal(parseBinding(binding))
      const guest = workshop.initialise(prepared.value, modules[entry] ?? '')
      expect(guest.ok ? 'initialised' : guest.fault).toBe('initialised')
    }
  })
})
