import type { Example } from './example.ts'

export const results: Example = {
  id: 'results',
  title: 'Results and errors',
  why: 'An error that callers can handle is part of the type, and everything else ends the instance.',
  files: ['world.wit', 'main.ts'],
  world: 'results',
  calls: [
    'demo:results/percent#parse("42")',
    'demo:results/percent#parse("forty-two")',
    'demo:results/percent#parse("420")',
    'demo:results/percent#describe(err(not-a-number("?")))',
    'demo:results/percent#explode(3)',
  ],
}
