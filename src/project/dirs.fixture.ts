import * as fc from 'fast-check'
import { nameProblem } from '../wasi/filesystem/dirs.ts'

const name = fc
  .oneof(fc.constantFrom('a', 'b', 'a.txt', 'base64', 'readonly'), fc.string({ minLength: 1, maxLength: 8 }))
  .filter((each) => nameProblem(each) === undefined)
const bytes = fc.uint8Array({ maxLength: 20 }).map((each) => ({ base64: Buffer.from(each).toString('base64') }))

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string(),
    bytes,
    fc.dictionary(name, tie('tree'), { maxKeys: 4 }).filter((each) => !('base64' in each)),
  ),
}))

/** The directories of a project. */
export const anyDirs = fc.dictionary(
  fc.oneof(fc.constantFrom('/', '/data', 'readonly'), name),
  fc
    .tuple(fc.dictionary(name, tree, { maxKeys: 5 }), fc.boolean())
    .map(([entries, readonly]) => (readonly ? { ...entries, readonly } : entries)),
  { maxKeys: 3 },
)
