/**
 * The built-in WIT with its documentation. jco ships the texts without comments; the type declarations of its WASI shims,
 * which are made from the same WIT, have them. Each comment is put in front of the item of that name.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { BuiltinPackages } from '../../src/toolchain/wit/builtin.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { applyEdits, type TextEdit } from '../../src/wit/text.ts'
import type { Interface, TypeDefinition } from '../../src/wit/tree.ts'
import { root } from './outputs.ts'
import { wasiShims } from './wasi-shims.ts'

/** The declarations of an interface: `wasi-io-streams.d.ts`. */
const declarations = (id: string, name: string): string | undefined => {
  const match = /^wasi:([\w-]+)@(\d+\.\d+)\./.exec(id)
  const shim = wasiShims[match?.[2] ?? '']
  if (match === null || shim === undefined) return undefined
  const file = `wasi-${match[1]}-${name}.d.ts`
  const path = join(root, 'node_modules', shim, 'types/interfaces', file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** The texts with documentation where there is some. */
export function documentedWit(packages: BuiltinPackages): BuiltinPackages {
  return Object.fromEntries(Object.entries(packages).map(([id, text]) => [id, documented(id, text)]))
}

function documented(id: string, text: string): string {
  const edits: TextEdit[] = []
  for (const item of parseWit(text).file.items) {
    if (item.kind !== 'interface') continue
    const declared = declarations(id, item.name.text)
    if (declared !== undefined) edits.push(...commentsFor(text, item, declaredDocs(declared)))
  }
  const whole = applyEdits(text, edits)
  if (parseWit(whole).problems.length > 0) throw new Error(`the documentation of ${id} breaks its text`)
  return whole
}

/** By name in TypeScript: `Descriptor`, `Descriptor.readViaStream`, `StreamErrorClosed`, `getRandomBytes`. */
type Docs = ReadonlyMap<string, string>

function commentsFor(text: string, { items }: Interface, docs: Docs): TextEdit[] {
  const edits: TextEdit[] = []
  const put = (start: number, said: string | undefined): void => {
    if (said === undefined || said === '') return
    const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? ''
    const lines = said.split('\n').map((line) => `/// ${line}`.trimEnd())
    edits.push({ start, end: start, text: `${lines.join(`\n${indent}`)}\n${indent}` })
  }
  for (const item of items) {
    if (item.kind === 'use') continue
    if (item.kind === 'function') {
      put(item.start, docs.get(lower(item.name.text)))
      continue
    }
    const type = upper(item.name.text)
    const [said = '', ofCases = ''] = (docs.get(type) ?? '').split(/(?:^|\n)# Variants\n/)
    put(item.start, said.trim())
    for (const { start, names } of membersOf(item))
      put(
        start,
        names.map((name) => docs.get(name)).find((found) => found !== undefined),
      )
    if (item.kind !== 'enum') continue
    // Documented together: a heading for each case.
    const cases = new Map(
      ofCases.split(/(?:^|\n)## `"/).flatMap((part): [string, string][] => {
        const end = part.indexOf('"`')
        return end === -1 ? [] : [[part.slice(0, end), part.slice(end + 2).trim()]]
      }),
    )
    for (const each of item.cases) put(each.start, cases.get(each.name.text))
  }
  return edits
}

/** The parts of a type, each with the names that it may have in TypeScript. */
function membersOf(item: TypeDefinition): { start: number; names: string[] }[] {
  const type = upper(item.name.text)
  switch (item.kind) {
    case 'record':
      return item.fields.map(({ start, name }) => ({ start, names: [`${type}.${lower(name.text)}`] }))
    case 'flags':
      return item.cases.map(({ start, name }) => ({ start, names: [`${type}.${lower(name.text)}`] }))
    case 'variant':
      return item.cases.map(({ start, name }) => ({ start, names: [type + upper(name.text)] }))
    case 'resource':
      return item.methods.map(({ start, kind, name }) => ({
        start,
        names: [kind === 'constructor' ? `${type}.constructor` : `${type}.${lower(name.text)}`],
      }))
    default:
      return []
  }
}

const upper = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
const lower = (name: string): string => {
  const text = upper(name)
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function declaredDocs(text: string): Docs {
  const docs = new Map<string, string>()
  const file = ts.createSourceFile('wasi.d.ts', text, ts.ScriptTarget.Latest)
  const note = (node: ts.Node, name: string): void => {
    const comment = ts.getLeadingCommentRanges(text, node.pos)?.findLast(({ pos }) => text.startsWith('/**', pos))
    const said = comment && cleaned(text.slice(comment.pos, comment.end))
    if (said !== undefined && said !== '' && !docs.has(name)) docs.set(name, said)
  }
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) note(statement, statement.name.text)
    else if (ts.isTypeAliasDeclaration(statement)) note(statement, statement.name.text)
    else if ((ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
      const { text: type } = statement.name
      note(statement, type)
      for (const member of statement.members) {
        // The words of the generator, for a resource without a constructor.
        if (ts.isConstructorDeclaration(member)) {
          if (member.modifiers === undefined) note(member, `${type}.constructor`)
        } else if (member.name && ts.isIdentifier(member.name)) note(member, `${type}.${member.name.text}`)
      }
    }
  }
  return docs
}

/** A comment's text, without its marks and what only TypeScript reads. */
const cleaned = (comment: string): string =>
  comment
    .replace(/^\/\*\*|\*+\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .filter((line) => !line.trimStart().startsWith('@module'))
    .join('\n')
    .replaceAll('*\\/', '*/')
    .trim()
