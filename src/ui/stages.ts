import type { Fault, Stage } from '../contract/fault.ts'
import type { Project } from '../project/project.ts'
import type { IconName } from './icons.tsx'

export type Tone = 'err' | 'warn' | 'denied'

interface StageWords {
  /** One word for a row of a list. */
  readonly tag: string
  /** What failed, as the title of a card. */
  readonly title: string
  readonly tone: Tone
}

/** How the stages of faults are called on the page: here and nowhere else. */
export const stageWords: Readonly<Record<Stage, StageWords>> = {
  project: { tag: 'Project', title: 'The project cannot be built', tone: 'err' },
  wit: { tag: 'WIT', title: 'The WIT has a mistake', tone: 'err' },
  types: { tag: 'Types', title: 'The types do not fit', tone: 'err' },
  source: { tag: 'Source', title: 'The source has a mistake', tone: 'err' },
  load: { tag: 'Page', title: 'A part of the page did not arrive', tone: 'err' },
  'guest-init': { tag: 'Start', title: 'The component did not start', tone: 'err' },
  build: { tag: 'Build', title: 'The component was not built', tone: 'err' },
  transpile: { tag: 'Build', title: 'The component was not built', tone: 'err' },
  instantiate: { tag: 'Start', title: 'The component did not start', tone: 'err' },
  call: { tag: 'Call', title: 'The call failed', tone: 'err' },
  trap: { tag: 'Trap', title: 'Trap: the instance is gone', tone: 'err' },
  denied: { tag: 'Denied', title: 'Denied', tone: 'denied' },
  limit: { tag: 'Limit', title: 'A limit was reached', tone: 'warn' },
  killed: { tag: 'Stopped', title: 'Stopped', tone: 'warn' },
  lost: { tag: 'Sandbox', title: 'The sandbox no longer answers', tone: 'err' },
}

export const toneIcons: Readonly<Record<Tone, IconName>> = { err: 'error', warn: 'warning', denied: 'denied' }

/** The interface that the world lacks, where a fault says so: `wasi:cli/stdout@0.2.12`. */
export const missingImport = ({ next }: Fault): string | undefined =>
  /^Add `import (wasi:[^`;]+@[\d.]+);` to the world\.$/.exec(next)?.[1]

/** The file in which a fault is mended, where it is another one than that of its place, or where it has no place. */
export function mendingFile({ stage, next, place }: Fault, { files, entry = 'main.ts' }: Project): string | undefined {
  const wit = stage === 'wit' || stage === 'build' || /\bworld\.wit\b|\b(?:to|in|from) the world\b/.test(next)
  const file = wit ? 'world.wit' : stage === 'guest-init' || stage === 'source' ? entry : undefined
  return file !== undefined && file !== place?.file && Object.hasOwn(files, file) ? file : undefined
}
