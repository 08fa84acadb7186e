import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import type { OutputChunk } from '../runner.ts'
import { createOutput, type Output } from './output.ts'

interface Opened {
  readonly output: Output
  readonly messages: (readonly OutputChunk[])[]
  /** Of all messages. */
  readonly chunks: OutputChunk[]
  readonly clock: { ms: number }
}

function open(capBytes: number): Opened {
  const messages: (readonly OutputChunk[])[] = []
  const chunks: OutputChunk[] = []
  const clock = { ms: 0 }
  const post = (sent: readonly OutputChunk[]): void => {
    messages.push(sent)
    chunks.push(...sent)
  }
  return { messages, chunks, clock, output: createOutput({ capBytes, post, now: () => clock.ms }) }
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (chunks: readonly OutputChunk[], stream = 'stdout'): string =>
  chunks.flatMap((chunk) => (chunk.stream === stream ? [chunk.text] : [])).join('')
const droppedOf = (chunks: readonly OutputChunk[]): number => chunks.reduce((sum, { dropped }) => sum + dropped, 0)

describe('output', () => {
  test('goes out at once while there is little of it', () => {
    const { output, chunks } = open(1000)
    output.write('stdout', bytes('one\n'))
    output.write('stderr', bytes('two\n'))
    expect(chunks).toEqual([
      { stream: 'stdout', phase: 'run', text: 'one\n', dropped: 0 },
      { stream: 'stderr', phase: 'run', text: 'two\n', dropped: 0 },
    ])
  })

  test('says whether it was written at initialisation', () => {
    const { output, chunks } = open(1000)
    output.phase = 'init'
    output.write('stdout', bytes('a'))
    output.phase = 'run'
    output.write('stdout', bytes('b'))
    expect(chunks.map(({ phase, text }) => [phase, text])).toEqual([
      ['init', 'a'],
      ['run', 'b'],
    ])
  })

  test('of many small writes is joined into few messages', () => {
    const { output, chunks, messages } = open(1 << 20)
    for (let line = 0; line < 100_000; line++) output.write('stdout', bytes('x\n'))
    output.flush()
    expect(textOf(chunks)).toBe('x\n'.repeat(100_000))
    expect(messages.length).toBeLessThan(300)
  })

  test('of several streams keeps its order, however much is joined', () => {
    const { output, chunks } = open(1 << 20)
    const written: string[] = []
    for (let line = 0; line < 700; line++) {
      const stream = line % 3 === 0 ? 'stderr' : 'stdout'
      output.write(stream, bytes(`${line}\n`))
      written.push(`${stream} ${line}\n`)
    }
    output.flush()
    const lines = chunks.flatMap(({ stream, text }) => text.split(/(?<=\n)/).map((line) => `${stream} ${line}`))
    expect(lines).toEqual(written)
  })

  test('that changes its stream all the time is no more messages, nor many pieces in one', () => {
    const { output, chunks, messages } = open(1 << 20)
    for (let line = 0; line < 200_000; line++) output.write(line % 2 === 0 ? 'stdout' : 'stderr', bytes('x'))
    output.flush()
    expect(textOf(chunks)).toHaveLength(100_000)
    expect(textOf(chunks, 'stderr')).toHaveLength(100_000)
    expect(messages.length).toBeLessThan(300)
    expect(Math.max(...messages.map(({ length }) => length))).toBe(512)
  })

  test('flows again when time has passed', () => {
    const { output, chunks, clock } = open(1 << 20)
    for (let line = 0; line < 1000; line++) output.write('stdout', bytes('x'))
    const before = chunks.length
    clock.ms += 1000
    output.write('stdout', bytes('y'))
    expect(chunks).toHaveLength(before + 1)
    expect(chunks.at(-1)?.text).toMatch(/^x+y$/)
  })

  test('beyond the cap is counted to the byte and dropped', () => {
    const { output, chunks } = open(10)
    output.write('stdout', bytes('12345678'))
    output.write('stdout', bytes('9abcdef'))
    output.write('stderr', bytes('ghi'))
    output.flush()
    expect(textOf(chunks)).toBe('123456789a')
    expect(textOf(chunks, 'stderr')).toBe('')
    expect(droppedOf(chunks)).toBe(8)
  })

  test('of a gibibyte is few messages', () => {
    const { output, chunks, messages } = open(4 << 20)
    const block = new Uint8Array(1 << 16).fill(120)
    for (let written = 0; written < 1 << 30; written += block.length) output.write('stdout', block)
    output.flush()
    expect(textOf(chunks)).toHaveLength(4 << 20)
    expect(droppedOf(chunks)).toBe((1 << 30) - (4 << 20))
    expect(messages.length).toBeLessThan(100)
  })

  test('does not cut a character in two, at the cap or between writes', () => {
    const { output, chunks } = open(5)
    output.write('stdout', bytes('äöü').subarray(0, 3))
    output.write('stdout', bytes('äöü').subarray(3))
    output.flush()
    expect(textOf(chunks)).toBe('äö')
    expect(droppedOf(chunks)).toBe(2)
  })

  test('kept and dropped bytes are all that was written, and the text is its start', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.integer({ min: 0, max: 60 }), (texts, cap) => {
        const { output, chunks } = open(cap)
        for (const text of texts) output.write('stdout', bytes(text))
        output.flush()
        const whole = texts.join('')
        expect(whole.startsWith(textOf(chunks))).toBe(true)
        expect(bytes(textOf(chunks)).length + droppedOf(chunks)).toBe(bytes(whole).length)
        expect(bytes(textOf(chunks)).length).toBeLessThanOrEqual(cap)
      }),
      { numRuns: 40 },
    )
  })
})
