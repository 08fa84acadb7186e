import type { Example } from './example.ts'

export const capability: Example = {
  id: 'capability',
  title: 'An import is a capability',
  why: 'A component reaches only what it was handed: here two functions of an office that the page plays.',
  files: ['world.wit', 'main.ts'],
  world: 'capability',
  calls: ['gross-price(100, "NL")'],
}
