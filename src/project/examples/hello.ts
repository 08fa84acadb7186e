import type { Example } from './example.ts'

export const hello: Example = {
  id: 'hello',
  title: 'Hello',
  why: 'One function, one string in, one string out: the smallest component there is.',
  files: ['world.wit', 'main.ts'],
  world: 'hello',
  calls: ['greet("Ada")'],
}
