import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examples } from '../src/project/examples/index.ts'
import { readExample } from '../src/project/examples/read.ts'
import { Workshop } from '../src/toolchain/engines/quickjs/testing/component.ts'
import { announcedFaults, exampleRequests } from './example-inputs.ts'
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
    const requests = exampleRequests[example.id]
    const once = async (): Promise<Ran[]> => {
      const { call, send } = await projectInNode(workshop, project)
      if (requests) return send(requests)
      const rans: Ran[] = []
      for (const each of project.calls?.length ? project.calls : ['']) rans.push(await call(each))
      return rans
    }
    const rans = await once()
    expect(await once()).toEqual(rans)
    // What did not run is no golden, and none is written of it.
    expect(rans.filter(({ entries }) => entries === 0)).toEqual([])
    expect(rans.flatMap(({ call, fault }) => (fault && !announcedFaults.has(call) ? [fault.message] : []))).toEqual([])
    const golden = join(import.meta.dirname, 'goldens', `${example.id}.json`)
    const text = JSON.stringify(rans, (key, value: unknown) => (key === 'fault' ? undefined : value), 2)
    await expect(`${text}\n`).toMatchFileSnapshot(golden)
  })
})
