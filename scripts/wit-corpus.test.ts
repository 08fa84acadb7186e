import { describe, expect, it } from 'vitest'
import { corporaThere, measure } from './wit-corpus.ts'

describe.skipIf(!corporaThere)('the WIT front end on the corpora (needs CORPORA)', () => {
  it('reaches every row of the table', () => {
    const rows = measure()
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 6, 7])
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
  })
})
