import type { Example } from './example.ts'

export const waits: Example = {
  id: 'waits',
  title: 'A program that waits',
  why: 'Pollables and timers: minutes that pass at once, step by step, or as on the wall.',
  files: ['world.wit', 'main.ts'],
  world: 'waits',
  calls: [],
}
