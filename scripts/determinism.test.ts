import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examples } from '../src/project/examples/index.ts'
import { readExample } from '../src/project/examples/read.ts'
import { Workshop } from '../src/toolchain/engines/quickjs/testing/component.ts'
import { projectInNode, type Ran } from './run-example.ts'

/**
 * The same project and inputs give the same results, output and trace, whatever the machine: every example is run twice
 * here, and by the end-to-end tests in browsers that differ, and all are held against the same files. After a change that
 * means to change them: `npm run goldens`, and read the differences.
 */

let workshop: Workshop
beforeAll(async () => {
  workshop = await Workshop.open()
}, 120_000)
afterAll(() => workshop.close())

describe('an example', () => {
  it.each(examples)('$id comes to what it came to before', async (example) => {
    const project = await readExample(example)
    const calls = project.calls?.length ? project.calls : ['']
    const twice: Ran[][] = []
    for (let time = 0; time < 2; time++) {
      const run = await projectInNode(workshop, project)
      const rans: Ran[] = []
      for (const call of calls) rans.push(await run(call))
      twice.push(rans)
    }
    expect(twice[1]).toEqual(twice[0])
    const golden = join(import.meta.dirname, 'goldens', `${example.id}.json`)
    await expect(`${JSON.stringify(twice[0], undefined, 2)}\n`).toMatchFileSnapshot(golden)
  })
})
