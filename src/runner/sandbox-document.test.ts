import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const html = readFileSync(new URL('../../public/sandbox.html', import.meta.url), 'utf8')
const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1] ?? ''
const directives = Object.fromEntries(
  policy.split(';').map((directive) => {
    const [name = '', ...sources] = directive.trim().split(/\s+/)
    return [name, sources]
  }),
)

test('the policy of the sandbox document allows its one script by hash, blobs and wasm, and nothing else', () => {
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => text ?? '')
  expect(scripts).toHaveLength(1)
  const hash = createHash('sha256').update(scripts.join('')).digest('base64')
  expect(directives).toEqual({
    'default-src': ["'none'"],
    'script-src': [`'sha256-${hash}'`, 'blob:', "'wasm-unsafe-eval'"],
    'worker-src': ['blob:'],
    'connect-src': ["'none'"],
    'img-src': ["'none'"],
    'form-action': ["'none'"],
    'base-uri': ["'none'"],
  })
})

test('the policy comes before anything that it governs', () => {
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script>'))
  expect(html).not.toMatch(/<(link|img|style|iframe|object|embed|base|form)\b/)
})
