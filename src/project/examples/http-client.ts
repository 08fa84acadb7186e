import type { Example } from './example.ts'

export const httpClient: Example = {
  id: 'http-client',
  title: 'An HTTP client',
  why: 'Servers that are slow, refuse and break off, and a client with timeouts, second attempts and a fallback.',
  files: ['world.wit', 'main.ts'],
  world: 'http-client',
  calls: ['quote-for("coffee")', 'quote-for("tea")', 'quote-for("saffron")', 'quote-for("gold")'],
  wasi: {
    http: {
      routes: [
        {
          method: 'GET',
          url: 'https://primary.example/coffee',
          headers: { 'content-type': 'application/json' },
          body: '{"price": 4.2}',
          delay: 30,
        },
        { url: 'https://primary.example/tea', fault: 'timeout' },
        { url: 'https://primary.example/*', fault: 'refused', delay: 10 },
        {
          url: 'https://mirror.example/tea',
          headers: { 'content-type': 'application/json' },
          body: '{"price": 3.5}',
          delay: 120,
          pace: 20,
        },
        { url: 'https://mirror.example/saffron', body: '{"price": 11.75}', delay: 40, fault: 'reset' },
        { url: 'https://mirror.example/*', status: 503, body: 'Closed for today', delay: 25 },
      ],
    },
  },
}
