import type { Fault } from '../contract/fault.ts'
import type { Project } from '../project/project.ts'

/** The interface that the world lacks, where a fault says so: `wasi:cli/stdout@0.2.12`. */
export const missingImport = ({ next }: Fault): string | undefined =>
  /^Add `import (wasi:[^`;]+@[\d.]+);` to the world\.$/.exec(next)?.[1]

/** The file in which a fault is mended, where it is another one than that of its place, or where it has no place. */
export function mendingFile({ stage, next, place }: Fault, { files, entry = 'main.ts' }: Project): string | undefined {
  const wit = stage === 'wit' || stage === 'build' || /\bworld\.wit\b|\b(?:to|in|from) the world\b/.test(next)
  const file = wit ? 'world.wit' : stage === 'guest-init' || stage === 'source' ? entry : undefined
  return file !== undefined && file !== place?.file && Object.hasOwn(files, file) ? file : undefined
}
