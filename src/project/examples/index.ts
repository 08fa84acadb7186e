import type { Project, ProjectWasi } from '../project.ts'

/** A project that ships with the page. Its files lie in the folder of the same name as `id`. */
export interface Example {
  readonly id: string
  readonly title: string
  /** Why somebody would open it, one sentence. */
  readonly why: string
  readonly files: readonly string[]
  readonly world: string
  /** Saved calls in WAVE; the first one is selected when the example opens. Empty for a command. */
  readonly calls: readonly string[]
  readonly wasi?: ProjectWasi
}

export const examples: readonly Example[] = [
  {
    id: 'hello',
    title: 'Hello',
    why: 'One function, one string in, one string out: the smallest component there is.',
    files: ['world.wit', 'main.ts'],
    world: 'hello',
    calls: ['greet("Ada")'],
  },
  {
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
  },
  {
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
  },
  {
    id: 'capability',
    title: 'An import is a capability',
    why: 'A component reaches only what it was handed: here two functions of an office that the page plays.',
    files: ['world.wit', 'main.ts'],
    world: 'capability',
    calls: ['gross-price(100, "NL")'],
  },
  {
    id: 'resource',
    title: 'A resource with methods',
    why: 'Objects that stay inside the component while the outside holds handles to them.',
    files: ['world.wit', 'main.ts'],
    world: 'bank',
    calls: [
      'demo:bank/accounts#[constructor]account("Ada")',
      'demo:bank/accounts#[static]account.open-with("Grace", 500)',
    ],
  },
  {
    id: 'cli',
    title: 'A command-line program',
    why: 'Arguments, environment, standard input and output, and an exit code, all of them simulated.',
    files: ['world.wit', 'main.ts'],
    world: 'cli',
    calls: [],
    wasi: {
      args: ['wc', '-l', '-w', '-m'],
      env: { LABEL: 'poem.txt' },
      stdin:
        'A tab became a workshop,\na world became a door,\nand what you make inside of it\nis yours for evermore.\n',
    },
  },
  {
    id: 'untitled',
    title: 'New project',
    why: 'Create an empty, blank project: one world with one function.',
    files: ['world.wit', 'main.ts'],
    world: 'untitled',
    calls: ['hello()'],
  },
]

export const defaultExample = 'hello'

/** The project that an example opens as. `files` holds the text of each of the example's files by path. */
export function exampleProject(example: Example, files: Readonly<Record<string, string>>): Project {
  return {
    schema: 1,
    name: example.id,
    files,
    world: example.world,
    ...(example.wasi ? { wasi: example.wasi } : {}),
    calls: example.calls,
  }
}
