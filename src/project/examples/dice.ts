import type { Example } from './example.ts'

export const dice: Example = {
  id: 'dice',
  title: 'Dice with a seed',
  why: 'Chance and time come from outside: the same seed and the same clock make the same run, wherever it runs.',
  files: ['world.wit', 'main.ts'],
  world: 'dice',
  calls: ['roll(3)'],
  wasi: {
    clock: { mode: 'auto', start: '2025-06-21T20:15:00Z' },
    random: { seed: 6 },
  },
}
