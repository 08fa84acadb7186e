import type { Example } from './example.ts'

export const resource: Example = {
  id: 'resource',
  title: 'A resource with methods',
  why: 'Objects that stay inside the component while the outside holds handles to them.',
  files: ['world.wit', 'main.ts'],
  world: 'bank',
  calls: [
    'demo:bank/accounts#[constructor]account("Ada")',
    'demo:bank/accounts#[static]account.open-with("Grace", 500)',
  ],
}
