import { createHash } from 'node:crypto'
import { assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { sha256, sha256Here } from './hash.ts'

test('both ways give SHA-256', async () => {
  assert(
    property(uint8Array({ maxLength: 300 }), (bytes) => {
      expect(Buffer.from(sha256Here(bytes)).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    }),
  )
  expect(await sha256('Grüße')).toBe(createHash('sha256').update('Grüße').digest('hex'))
})
