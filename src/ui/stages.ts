import type { Stage } from '../contract/fault.ts'

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
