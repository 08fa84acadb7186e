import type { Example } from './example.ts'

export const untitled: Example = {
  id: 'untitled',
  title: 'New project',
  why: 'Create an empty, blank project: one world with one function.',
  files: ['world.wit', 'main.ts'],
  world: 'untitled',
  calls: ['hello()'],
}
