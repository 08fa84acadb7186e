import { describe, expect, it } from 'vitest'
import { agreementRow, mutate } from './corpus/agreement.ts'
import { diagnosticRows } from './corpus/diagnostics.ts'
import { missingCorpora, randomFrom } from './corpus/files.ts'
import { Jco } from './corpus/jco.ts'
import { modelRow } from './corpus/model.ts'

describe.skipIf(missingCorpora().length > 0)('the WIT front end on the corpora (needs CORPORA)', () => {
  it('reaches what is wanted of diagnostics and of the model', () => {
    const rows = [...diagnosticRows(), modelRow()]
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 6, 7, 5])
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
  })

  it('accepts and rejects as jco does', async () => {
    const jco = new Jco()
    try {
      expect(await agreementRow(jco, 1, 150)).toMatchObject({ ok: true })
    } finally {
      jco.close()
    }
  })
})

describe('a process of jco', () => {
  it('is replaced when it hangs', async () => {
    const jco = new Jco()
    const text = 'package a:b; world w { import f: func(); }'
    try {
      expect(await jco.ask('hang', '', '', 200)).toEqual({ kind: 'hang' })
      expect(await jco.ask('accepts', text, 'w')).toMatchObject({ kind: 'ok' })
      expect(await jco.ask('accepts', text, 'other')).toMatchObject({ kind: 'refused' })
    } finally {
      jco.close()
    }
  })
})

it('mutates alike for the same seed', () => {
  const text = 'package a:b;\n\ninterface i {\n  f: func(x: u8) -> string;\n}\n'
  const mutated = (seed: number): string => mutate(text, randomFrom(seed))
  const all = Array.from({ length: 50 }, (_, seed) => mutated(seed))
  expect(all).toEqual(all.map((_, seed) => mutated(seed)))
  expect(new Set(all).size).toBeGreaterThan(20)
  expect(all).not.toContain(text)
})
