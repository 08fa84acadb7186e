import type { Example } from './example.ts'

export const types: Example = {
  id: 'types',
  title: 'A tour of the types',
  why: 'Every kind of value that crosses the boundary, and what it looks like in TypeScript.',
  files: ['world.wit', 'main.ts'],
  world: 'types',
  calls: [
    'demo:types/tour#area(polygon([{x: 0, y: 0}, {x: 4, y: 0}, {x: 4, y: 3}]))',
    'demo:types/tour#add-wide(18446744073709551614, 1)',
    'demo:types/tour#explain(some(none))',
    'demo:types/tour#grant({read}, {write, run-it})',
    'demo:types/tour#invert([0, 127, 255])',
  ],
}
