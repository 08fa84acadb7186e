import { expect, test } from 'vitest'
import { examples } from './index.ts'
import { defaultExample, titles } from './titles.ts'

test('the titles that the page opens with are those of the examples, in their order', () => {
  expect(titles).toEqual(examples.map(({ id, title }) => ({ id, title })))
  expect(titles.map(({ id }) => id)).toContain(defaultExample)
})
