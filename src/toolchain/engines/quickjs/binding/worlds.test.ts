import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QuickJsBinding } from '../control.ts'
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

/** A guest that has whatever the world asks for: functions that do nothing, and classes of such functions. */
function anyGuest(exports: QuickJsBinding['exports']): string {
  const roots = new Map<string, QuickJsBinding['exports'][number][]>()
  for (const entry of exports) {
    const [root = ''] = entry.path
    roots.set(root, [...(roots.get(root) ?? []), entry])
  }
  return [...roots]
    .map(([root, entries], index) => {
      const lines = entries.map(({ path, receiver }) => {
        const steps = path.slice(1).filter((step) => step !== 'prototype')
        if (receiver === true) return ''
        if (steps.length === 0) return `const v${index} = () => {}`
        const [name = '', member] = steps
        const key = JSON.stringify(name)
        if (member === undefined) return `v${index}[${key}] ??= class {}`
        const target = path.includes('prototype') ? `v${index}[${key}].prototype` : `v${index}[${key}]`
        return `${target}[${JSON.stringify(member)}] = () => {}`
      })
      const isFunction = entries.some(({ path }) => path.length === 1 && !entries.some((one) => one.receiver))
      return `${isFunction ? '' : `const v${index} = {}\n`}${lines.join('\n')}\nexport { v${index} as ${JSON.stringify(root)} }`
    })
    .join('\n')
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
      const guest = workshop.initialise(prepared.value, anyGuest((binding as QuickJsBinding).exports))
      expect(guest.ok ? 'initialised' : guest.fault).toBe('initialised')
    }
  })
})
