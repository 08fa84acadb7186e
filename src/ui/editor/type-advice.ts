import type { Diagnostic, Fix, Place } from '../../contract/fault.ts'
import { markOf } from '../../contract/text-mark.ts'
import { codeOf } from '../../toolchain/engines/quickjs/code-of.ts'
import { importWords, insteadOfName } from '../../toolchain/absent.ts'
import { stopAfter } from '../prose.tsx'

/**
 * The numbers of what TypeScript's parser could not read, from its diagnosticMessages.json. Most of the others between
 * 1000 and 1999 are rules that a run does not know.
 */
const unreadable = new Set(
  [1002, 1003, 1005, 1010, 1109, 1110, 1124, 1125, 1126, 1127, 1128, 1129, 1130, 1131, 1134, 1135, 1136, 1137, 1138]
    .concat([1141, 1142, 1144, 1146, 1160, 1161, 1434, 1435, 1436])
    .map(String),
)

/** A module that is not there, or has no types. */
const missingModule = new Set(['2307', '2591', '2732', '2792', '2882', '7016'])
/** A name that is not there, some of them with the advice to install something or to change a configuration. */
const missingName = new Set(['2304', '2552', '2580', '2583', '2584', '2591', '2867', '2868'])

/** Something that TypeScript says. */
export interface Said {
  readonly code: string
  readonly message: string
  /** Of which file, and of what in it. */
  readonly file: string
  readonly text: string
}

/** What the project and its world have. */
export interface Known {
  /** The declarations of the world, by file. */
  readonly guestTypes: Readonly<Record<string, string>>
  /** What can be imported from the world, with versions. */
  readonly interfaces: readonly string[]
  readonly textOf: (path: string) => string | undefined
}

type Words = Pick<Diagnostic, 'stage' | 'message' | 'next' | 'fixes'>

/** What TypeScript says, with what to do about it. */
export function typeFault(said: Said, known: Known): Words {
  const { code } = said
  const message = `${said.message}${stopAfter(said.message)}`
  if (unreadable.has(code)) return { stage: 'source', message, next: 'Correct it: a run cannot read past it.' }
  return ownWords(said, known) ?? { stage: 'types', message, ...aboutTypes(message, said.file, known) }
}

/** The name that TypeScript takes the marked one for, in its place; its service offers that in the editor too. */
export function spellingFix({ message, text, file }: Said, place: Place, known: Known): Fix[] {
  const [, name] = /Did you mean '([\w$]+)'\?$/.exec(message) ?? []
  const source = known.textOf(file)
  if (name === undefined || source === undefined || !/^[\w$]+$/.test(text)) return []
  return [{ title: `Change ${text} to ${name}`, mark: markOf(source), edits: [{ place, text: name }], offered: true }]
}

/** The words that a run has for it, where it has some. */
export function ownWords(said: Said, known: Known): Words | undefined {
  const { code, file, text } = said
  const [, , specifier] = /^(['"])([^\\]*)\1$/.exec(text) ?? []
  if (specifier !== undefined && missingModule.has(code)) {
    const words = importWords(file, specifier, (path) => known.textOf(path) !== undefined, known.interfaces)
    if (words) return { stage: 'source', ...words }
  }
  const instead = missingName.has(code) ? insteadOfName(text) : undefined
  return instead === undefined ? undefined : { stage: 'types', message: `Cannot find name '${text}'.`, next: instead }
}

/** Whether TypeScript could not read on: what it makes of the types of that file is mostly the same mistake again. */
export const isUnreadable = ({ code }: Pick<Said, 'code'>): boolean => unreadable.has(code)

function aboutTypes(message: string, file: string, known: Known): Pick<Words, 'next' | 'fixes'> {
  const [, name] = /^Cannot find name '([\w$]+)'/.exec(message) ?? []
  const from = name === undefined ? undefined : moduleOf(name, Object.values(known.guestTypes))
  if (name === undefined || from === undefined) return { next: 'Change it, or run anyway.' }
  const text = known.textOf(file)
  return {
    next: `Put \`import type { ${name} } from '${from}'\` at the top, or run anyway.`,
    ...(text !== undefined && { fixes: [importFix(name, from, file, text)] }),
  }
}

/** Into the import of types from there that the file has, or as one of its own at the top. */
function importFix(name: string, module: string, file: string, text: string): Fix {
  const end = lastImported(module, text)
  const before = end === undefined ? '' : text.slice(0, end)
  const place = { file, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
  const insert =
    before === '' ? `import type { ${name} } from '${module}'\n${text.startsWith('import ') ? '' : '\n'}` : `, ${name}`
  return { title: `Import ${name} from ${module}`, mark: markOf(text), edits: [{ place, text: insert }] }
}

/** Where the last name stands that the file imports as a type from the module: its end. */
function lastImported(module: string, text: string): number | undefined {
  const code = codeOf(text)
  const opening = 'import type {'
  for (let at = code.indexOf(opening); at >= 0; at = code.indexOf(opening, at + opening.length)) {
    const open = at + opening.length
    const [names = ''] = after(/[^{}]*/y, code, open)
    const [, , from] = after(/\}\s*from\s*(['"])([^'"\n]*)\1/y, text, open + names.length)
    const listed = names.trimEnd().replace(/,$/, '').trimEnd()
    if (from === module && listed !== '' && (at === 0 || code[at - 1] === '\n')) return open + listed.length
  }
  return undefined
}

/** What is there at that place. */
function after(pattern: RegExp, text: string, at: number): readonly string[] {
  pattern.lastIndex = at
  return pattern.exec(text) ?? []
}

/** The module that declares the type. */
function moduleOf(name: string, declarations: readonly string[]): string | undefined {
  for (const text of declarations) {
    for (const [, module, body = ''] of text.matchAll(/^declare module '([^']+)' \{\n(.*?)^\}/gms)) {
      const declared = body.matchAll(/^ {2}export (?:interface|type|class|enum) ([\w$]+)\b/gm)
      if ([...declared].some(([, each]) => each === name)) return module
    }
  }
  return undefined
}
