import type { Example } from './example.ts'

export const httpHandler: Example = {
  id: 'http-handler',
  title: 'An HTTP handler',
  why: 'Requests in, responses out: the HTTP panel sends them, and shows status, headers, body and trailers as they come.',
  files: ['world.wit', 'main.ts'],
  world: 'http-handler',
  calls: [],
}
