import { expect, it } from 'vitest'
import { isAnotherVersion } from './updated.ts'

const page = (script: string): string =>
  `<!doctype html><html><head><script type="module" crossorigin src="${script}"></script></head></html>`

it('a page of other scripts is another version', () => {
  expect(isAnotherVersion(page('./assets/index-b.js'), './assets/index-a.js')).toBe(true)
  expect(isAnotherVersion(page('./assets/index-a.js'), './assets/index-a.js')).toBe(false)
})

it('what is no page at all says nothing about versions', () => {
  for (const text of ['', 'Bad gateway', '<html><title>Log in</title></html>'])
    expect(isAnotherVersion(text, './assets/index-a.js')).toBe(false)
})
