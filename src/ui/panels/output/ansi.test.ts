import { array, assert, constantFrom, integer, oneof, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainLine, readLine, type Span, type Style } from './ansi.ts'

const esc = '\u001b'
const spans = (line: string): Span[] => readLine(line).spans
const styleOf = (codes: string): Style | undefined => spans(`${esc}[${codes}mx`)[0]?.style

describe('colours and faces', () => {
  test.each<[string, Style]>([
    ['31', { ink: 1 }],
    ['97', { ink: 15 }],
    ['44', { paper: 4 }],
    ['103', { paper: 11 }],
    ['1;3;4;32', { bold: true, italic: true, underline: true, ink: 2 }],
    ['2;7;9', { dim: true, inverse: true, struck: true }],
    ['38;5;9', { ink: 9 }],
    ['38;5;196', { ink: [255, 0, 0] }],
    ['48;5;232', { paper: [8, 8, 8] }],
    ['48;5;255', { paper: [238, 238, 238] }],
    ['38;2;1;2;3;1', { ink: [1, 2, 3], bold: true }],
    ['38:2::1:2:3', { ink: [1, 2, 3] }],
    ['38:2:1:2:3', { ink: [1, 2, 3] }],
    ['38:5:1;4', { ink: 1, underline: true }],
    // What is no colour changes nothing, and takes its parts along.
    ['38;5;256;1', { bold: true }],
    ['38;2;1;2;999;4', { underline: true }],
    ['31;39', {}],
    ['41;49', {}],
    ['31;0', {}],
    ['1;', {}],
    ['1;22', { bold: false, dim: false }],
    ['4:3', { underline: true }],
    ['5;73', {}],
  ])('%s', (codes, style) => {
    expect(styleOf(codes)).toEqual(style)
  })

  test('last until they are changed, also on the next line', () => {
    const first = readLine(`a${esc}[31mb`)
    expect(first.spans).toEqual([
      { text: 'a', style: {} },
      { text: 'b', style: { ink: 1 } },
    ])
    const second = readLine(`c${esc}[md`, first.style)
    expect(second.spans).toEqual([
      { text: 'c', style: { ink: 1 } },
      { text: 'd', style: {} },
    ])
  })
})

describe('a line', () => {
  test.each([
    ['is written over after a carriage return', '10%\r20%\r100%', '100%'],
    ['keeps what is not written over', 'abcdef\rxy', 'xycdef'],
    ['may end with a carriage return', 'a line\r', 'a line'],
    ['is erased to its end, to its start, or as a whole', `abc\rx${esc}[K`, 'x'],
    ['is erased to its start', `abc\b\b${esc}[1Kd`, ' dc'],
    ['is erased as a whole', `abc${esc}[2K\rd`, 'd'],
    ['is written on where it was erased', `abc${esc}[2Kd`, '   d'],
    ['goes back by a backspace', 'ab\b\b\b\bc', 'cb'],
    ['is written by whole characters', '\u{1F600}b\rc', 'cb'],
    [
      'loses cursor movement, modes, titles and links',
      `${esc}[2;3H${esc}[?25la${esc}]0;title\u0007b${esc}]8;;x${esc}\\c`,
      'abc',
    ],
    ['loses other escapes and control characters', `${esc}7a${esc}(Bb\u0000\u0007c${esc}`, 'abc'],
    ['loses what has no end', `a${esc}[38;5`, 'a'],
    ['keeps tabs and all that is written', 'a\tb é 漢 \u{1F469}\u200D\u{1F680}', 'a\tb é 漢 \u{1F469}\u200D\u{1F680}'],
  ])('%s', (_, line, text) => {
    expect(plainLine(line)).toBe(text)
  })

  // oxlint-disable-next-line no-control-regex
  const written = string({ unit: 'binary', maxLength: 30 }).map((text) => text.replace(/[\x00-\x1f\x7f-\x9f]/g, ''))
  const numbers = array(oneof(integer({ min: 0, max: 300 }).map(String), constantFrom('', '38', '48', '5', '2')))
  const rendition = tuple(numbers, constantFrom(';', ':')).map(([codes, by]) => `${esc}[${codes.join(by)}m`)

  test('never throws, and draws no control character', () => {
    const pieces = oneof(
      string({ unit: 'binary' }),
      rendition,
      constantFrom(esc, `${esc}[`, `${esc}]`, '\r', '\b', '\x9b'),
    )
    assert(
      property(array(pieces), (parts) => {
        // oxlint-disable-next-line no-control-regex
        expect(plainLine(parts.join(''))).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/)
      }),
    )
  })

  test('keeps its text, whatever colours it has', () => {
    assert(
      property(array(tuple(written, rendition)), (parts) => {
        const line = parts.map(([text, escape]) => text + escape).join('')
        expect(plainLine(line)).toBe(parts.map(([text]) => text).join(''))
      }),
    )
  })
})
