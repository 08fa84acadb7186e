import type { World } from '../../../component/types.ts'
import type { Fix, Place } from '../../../contract/fault.ts'
import { declaredIn, exportFault, type Declared } from '../../../toolchain/engines/quickjs/export-fault.ts'
import type { Project } from '../../../project/project.ts'
import { interfaceLabel } from '../../../toolchain/engines/quickjs/binding/names.ts'
import type { ExportFix, Finding } from './findings.ts'
import type { ExportProblem } from './with-exports.ts'
import type { Unlike } from './unlikeness.ts'
import { wantedOf, type Wanted } from './wanted.ts'

export interface Question {
  readonly world: World
  readonly entry: string
  readonly files: Project['files']
  /** Asks TypeScript, whose files have other names. */
  readonly ask: (wanted: readonly Wanted[]) => Promise<readonly Finding[]>
  readonly pathOf: (file: string) => string
}

let known: { readonly world: World; readonly wanted: readonly Wanted[] } | undefined
function wantedIn(world: World): readonly Wanted[] {
  if (known?.world !== world) known = { world, wanted: wantedOf(world) }
  return known.wanted
}

/** What the world wants of the project's entry and does not get: what is missing in the words of a run. */
export async function exportProblems({ world, entry, files, ask, pathOf }: Question): Promise<ExportProblem[]> {
  const wanted = wantedIn(world)
  const findings = await ask(wanted)
  const names = wanted.map(({ path: [name = ''] }) => name)
  const source = { entry, modules: { [entry]: files[entry] ?? '' } }

  /** Read once, where there is something to say of it. */
  let declared: Declared | undefined

  const placeOf = <T extends Place>(place: T | undefined): T | undefined => {
    if (!place) return undefined
    const file = pathOf(place.file)
    return files[file] === undefined ? undefined : { ...place, file }
  }
  const fixOf = ({ title, file, mark, edits }: ExportFix): Fix[] => {
    const path = pathOf(file)
    if (files[path] === undefined) return []
    const places = edits.map(({ range, text: insert }) => ({ place: { ...range, file: path }, text: insert }))
    return [{ title, mark, edits: places }]
  }

  return findings.map((finding): ExportProblem => {
    const { kind, unlike, name } = finding
    const each = finding.wanted.flatMap((index) => wanted[index] ?? [])
    const [first] = each
    const place = placeOf(finding.place)
    const said = placeOf(finding.said)
    const fixes = finding.fixes.flatMap(fixOf)
    if (name !== undefined) return { ...unwantedHint(name, world), ...(place && { place }) }
    const fault =
      unlike && first
        ? { stage: 'types' as const, ...wordsOf(first, unlike) }
        : exportFault(
            source,
            each.map(({ path, hint }) => {
              return { path, hint, missing: kind === 'missing', isThere: path.length > 1 && place !== undefined }
            }),
            names,
            (declared ??= declaredIn(source)),
          )
    return {
      ...fault,
      severity: 'error',
      readable: true,
      ...(place && { place }),
      ...(said && { said }),
      ...(fixes.length > 0 && { fixes }),
    }
  })
}

const unwantedHint = (name: string, world: World): ExportProblem => ({
  stage: 'source',
  severity: 'hint',
  message: `${name} is not in the world${world.name === undefined ? '' : ` ${interfaceLabel(world.name)}`}: nobody outside calls it.`,
  next: 'Remove `export`, or add it to the world.',
})

/** Types get as long as somebody writes them. Characters. */
const longest = 120
const shortened = (type: string): string => (type.length > longest ? `${type.slice(0, longest - 1)}…` : type)

function wordsOf({ path, wit, parameters }: Wanted, unlike: Unlike): { message: string; next: string } {
  const name = path.filter((step) => step !== 'prototype').join('.')
  const say = (difference: string): string => `${name} does not fit the world: ${difference}.`
  const world = shortened(wit)
  switch (unlike.part) {
    case 'parameter': {
      const as = parameters.length > 1 ? ` as ${unlike.name}` : ''
      return {
        message: say(`it takes ${shortened(unlike.given)}${as} where ${world} gives ${shortened(unlike.wanted)}`),
        next: `Write \`${unlike.name}: ${shortened(unlike.wanted)}\`, or run anyway.`,
      }
    }
    case 'result':
      return {
        message: say(`it returns ${shortened(unlike.given)} where ${world} wants ${shortened(unlike.wanted)}`),
        next: `Return \`${shortened(unlike.wanted)}\`, or run anyway.`,
      }
    case 'thrown':
      return {
        message: say(`it throws ${shortened(unlike.given)} where ${world} wants ${shortened(unlike.wanted)}`),
        // The message of an Error is the err where that is a text, and the end of the run elsewhere.
        next: `Throw \`${shortened(unlike.wanted)}\`, or an \`Error\` ${unlike.wanted === 'string' ? 'with the text' : 'to end the run'}, or run anyway.`,
      }
    case 'count':
      return {
        message: say(`it needs ${unlike.given} parameters where ${world} gives ${unlike.wanted || 'none'}`),
        next: 'Remove what the world does not give, or run anyway.',
      }
    case 'class':
      return { message: say(`it is a class where ${world} wants a function`), next: 'Write a function, or run anyway.' }
    case 'all':
      return {
        message: say(`it is ${shortened(unlike.given)} where ${world} wants ${shortened(unlike.wanted)}`),
        next: 'Change it, or run anyway.',
      }
  }
}
