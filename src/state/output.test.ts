import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutputChunk } from '../runner/runner.ts'
import { lastLines } from './output-lines.ts'
import { appendOutput, emptyOutput, outputLimits, outputText } from './output.ts'

const chunk = (text: string, stream: OutputChunk['stream'] = 'stdout', dropped = 0): OutputChunk => ({
  stream,
  phase: 'run',
  text,
  dropped,
})
const bytes = (text: string): number => Buffer.byteLength(text)

describe('the output log', () => {
  it('keeps streams apart and in order', () => {
    const log = appendOutput(emptyOutput, [chunk('a\n'), chunk('b\n'), chunk('c\n', 'stderr'), chunk('d\n')])
    expect(log.pieces.map(({ stream, text }) => [stream, text])).toEqual([
      ['stdout', 'a\nb\n'],
      ['stderr', 'c\n'],
      ['stdout', 'd\n'],
    ])
  })

  it('counts every byte that it does not hold', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            text: fc.string({ unit: 'grapheme', maxLength: 20 }),
            times: fc.constantFrom(1, 3, 60_000),
            stream: fc.constantFrom('stdout' as const, 'stderr' as const),
            dropped: fc.nat(100),
          }),
          { maxLength: 8 },
        ),
        (writes) => {
          let log = emptyOutput
          let written = 0
          for (const { text, times, stream, dropped } of writes) {
            const whole = text.repeat(times)
            log = appendOutput(log, [chunk(whole, stream, dropped)])
            written += bytes(whole) + dropped
          }
          expect(log.bytes).toBe(bytes(outputText(log)))
          expect(log.length).toBe(outputText(log).length)
          expect(log.length).toBeLessThanOrEqual(outputLimits.characters)
          expect(bytes(outputText(log)) + log.dropped).toBe(written)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('bounds the number of pieces', () => {
    const chunks = Array.from({ length: 30_000 }, (_, i) => chunk('x', i % 2 ? 'stdout' : 'stderr'))
    const log = appendOutput(emptyOutput, chunks)
    expect(log.pieces.length).toBeLessThanOrEqual(outputLimits.pieces)
    expect(log.length + log.dropped).toBe(30_000)
  })
})

describe('lastLines', () => {
  it('leaves out lines at the end, and says whether there are more before', () => {
    const { pieces } = appendOutput(emptyOutput, [chunk('a\nb\n'), chunk('c\n', 'stderr'), chunk('d\ne\n')])
    const window = { lines: 2, width: 100, characters: 1000 }
    const texts = (skip: number) => lastLines(pieces, window, skip).lines.map(({ text }) => text)
    expect([texts(0), texts(1), texts(2), texts(3), texts(5)]).toEqual([
      ['d', 'e'],
      ['c', 'd'],
      ['b', 'c'],
      ['a', 'b'],
      [],
    ])
    expect([2, 3].map((skip) => lastLines(pieces, window, skip).more)).toEqual([true, false])
  })

  it('gives the same lines as splitting would', () => {
    const line = fc.constantFrom('', 'a', 'bc', '\n', 'x\n', '\n\n')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 20 }), (parts, count) => {
        const text = parts.join('')
        const { lines, more } = lastLines(appendOutput(emptyOutput, [chunk(text)]).pieces, {
          lines: count,
          width: 100,
          characters: 1e6,
        })
        const all = text === '' ? [] : text.replace(/\n$/, '').split('\n')
        expect(lines.map((each) => each.text)).toEqual(all.slice(-count))
        expect(more).toBe(all.length > count)
      }),
    )
  })

  it('cuts a line that is too long, and says how long it is', () => {
    const { lines } = lastLines(appendOutput(emptyOutput, [chunk('x'.repeat(50))]).pieces, {
      lines: 10,
      width: 20,
      characters: 100,
    })
    expect(lines[0]?.text).toBe(`${'x'.repeat(20)}… (50 characters)`)
  })

  it('draws a limited number of characters, and always one line', () => {
    const { pieces } = appendOutput(emptyOutput, [chunk(`${'a'.repeat(40)}\n${'b'.repeat(40)}\n${'c'.repeat(40)}\n`)])
    const drawn = (characters: number) => lastLines(pieces, { lines: 10, width: 100, characters })
    expect(drawn(1)).toMatchObject({ lines: [{ text: 'c'.repeat(40) }], more: true })
    expect(drawn(41).lines.map(({ text }) => text[0])).toEqual(['b', 'c'])
    expect(drawn(81)).toMatchObject({ more: false })
  })
})
