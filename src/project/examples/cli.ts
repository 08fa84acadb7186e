import type { Example } from './example.ts'

export const cli: Example = {
  id: 'cli',
  title: 'A command-line program',
  why: 'Arguments, environment, standard input and output, and an exit code, all of them simulated.',
  files: ['world.wit', 'main.ts'],
  world: 'cli',
  calls: [],
  wasi: {
    args: ['wc', '-l', '-w', '-m'],
    env: { LABEL: 'poem.txt' },
    stdin: 'A tab became a workshop,\na world became a door,\nand what you make inside of it\nis yours for evermore.\n',
  },
}
