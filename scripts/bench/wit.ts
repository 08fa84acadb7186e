// The WIT front end in Node: what its worker does for an editor after a key, on the largest package of WASI and on a file
// that is larger than anybody's.
import type { Builtin } from '../../src/wit/packages.ts'
import { formatWit } from '../../src/wit/format.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { missingCorpora, wasi } from '../corpus/files.ts'
import { latencies, milliseconds } from '../corpus/speed.ts'
import { builtinWit } from '../generate/builtin-wit.ts'
import { figure, type Figure } from './statistics.ts'

interface Subject {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** The file that is edited. */
  readonly edited: string
  readonly builtins: readonly Builtin[]
  /** How many edits. */
  readonly rounds: number
  /** Milliseconds at most: reading and checking after an edit, completion and hover after that, formatting. */
  readonly goals: { readonly diagnostics: number; readonly asked: number; readonly format: number }
}

/** The files of the specification, with their documentation; without the corpora, the text that is built in. */
function http(): Pick<Subject, 'name' | 'files' | 'edited' | 'builtins'> {
  const found = missingCorpora().includes('wasi') ? undefined : wasi().find(({ name }) => name === 'wasi/0.2.12/http')
  if (found !== undefined) return { name: 'wasi:http', files: found.files, edited: 'types.wit', builtins: [] }
  const { 'wasi:http@0.2.12': text = '', ...others } = builtinWit()
  const builtins = Object.entries(others).map(([id, each]) => ({ package: id, text: each }))
  return { name: 'wasi:http without documentation', files: { 'http.wit': text }, edited: 'http.wit', builtins }
}

/** So many functions in interfaces of a hundred, with the types and the documentation that people give them. */
export function manyFunctions(count: number): string {
  const lines = ['package bench:many@1.0.0;']
  for (let at = 0; at < count; at++) {
    const number = Math.floor(at / 100)
    if (at % 100 === 0) {
      if (at > 0) lines.push('}')
      const uses = number > 0 ? [`  use part-${number - 1}.{item as earlier-item};`] : []
      lines.push(
        '',
        `interface part-${number} {`,
        ...uses,
        '  record item {',
        '    id: u64,',
        '    name: string,',
        '  }',
      )
      lines.push('  variant failure {', '    missing,', '    other(string),', '  }')
    }
    lines.push(`  /// What number ${at} does.`)
    lines.push(`  call-${at}: func(of: item, more: list<option<item>>) -> result<tuple<item, u32>, failure>;`)
  }
  return `${lines.join('\n')}\n}\n`
}

export function witFigures(times: (count: number) => number): Figure[] {
  const subjects: readonly Subject[] = [
    { ...http(), rounds: times(40), goals: { diagnostics: 10, asked: 5, format: 20 } },
    {
      name: 'a file of 10,000 functions',
      files: { 'many.wit': manyFunctions(10_000) },
      edited: 'many.wit',
      builtins: [],
      rounds: times(7),
      goals: { diagnostics: 500, asked: 100, format: 1000 },
    },
  ]
  return subjects.flatMap(({ name, files, edited, builtins, rounds, goals }) => {
    latencies(files, edited, Math.min(rounds, times(10)), builtins)
    const { diagnostics, completion, hover, reading } = latencies(files, edited, rounds, builtins)
    const text = files[edited] ?? ''
    const format = Array.from({ length: rounds }, (_, round) => {
      const changed = `${text}${' '.repeat(round)}`
      return milliseconds(() => formatWit(parseWit(changed)))
    })
    const both = (what: string, samples: readonly number[], most?: number): Figure[] => [
      figure(`${name}: ${what}, p50`, 'ms', samples, 0.5, most === undefined ? undefined : { most }),
      figure(`${name}: ${what}, p95`, 'ms', samples, 0.95),
    ]
    return [
      ...both('diagnostics after an edit', diagnostics, goals.diagnostics),
      ...both('names after an edit, before the first question', reading),
      ...both('completion', completion, goals.asked),
      ...both('hover', hover, goals.asked),
      ...both('formatting', format, goals.format),
    ]
  })
}
