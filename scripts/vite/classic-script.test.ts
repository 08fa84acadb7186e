import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from './classic-script.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classic-script-'))
  await writeFile(join(folder, 'part.ts'), 'export const answer: number = 41')
  await writeFile(
    join(folder, 'entry.ts'),
    `import { answer } from './part.ts'\ninterface Shape { n: number }\nreport({ n: answer + 1 } satisfies Shape)\n` +
      'declare function report(shape: Shape): void',
  )
})
afterAll(() => rm(folder, { recursive: true }))

test.each([true, false])(
  'an entry and its imports become one script that runs as it is (minified: %s)',
  async (minify) => {
    const { code, sources } = await bundle(join(folder, 'entry.ts'), minify)
    const seen: unknown[] = []
    new Script(code).runInContext(createContext({ report: (shape: unknown) => seen.push(shape) }))
    expect(seen).toEqual([{ n: 42 }])
    expect(sources.toSorted()).toEqual([join(folder, 'entry.ts'), join(folder, 'part.ts')])
  },
)
