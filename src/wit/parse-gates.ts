import type { Cursor } from './cursor.ts'
import type { Docs, Gate, Name } from './tree.ts'
import type { Version } from './semver.ts'
import { describe } from './cursor.ts'
import { parseVersion } from './semver.ts'

export interface Head {
  readonly start: number
  readonly docs: Docs | undefined
  readonly gates: readonly Gate[]
}

/** A version at the current token. */
export const version = (cursor: Cursor): Version | undefined => {
  const token = cursor.peek()
  if (token.kind !== 'number') {
    cursor.fail(`A version is expected here, but there is ${describe(token)}.`, 'Write a version such as `1.2.3`.')
    return undefined
  }
  if (cursor.lost) return undefined
  cursor.take()
  const outcome = parseVersion(token.text)
  if (outcome.ok) return outcome.version
  cursor.problem(token, outcome.message, outcome.next)
  return undefined
}

const keys = { since: 'version', deprecated: 'version', unstable: 'feature' } as const
const forms = {
  since: '@since(version = 1.2.3)',
  deprecated: '@deprecated(version = 1.2.3)',
  unstable: '@unstable(feature = some-name)',
} as const

const argument = (cursor: Cursor, kind: 'since' | 'deprecated' | 'unstable'): Version | Name | undefined => {
  const key = keys[kind]
  cursor.expect(key, (found) => `\`@${kind}\` takes a \`${key}\`, and here is ${found}.`, `Write \`${forms[kind]}\`.`)
  cursor.expect('=', (found) => `After \`${key}\` comes \`=\`, and here is ${found}.`, `Write \`${forms[kind]}\`.`)
  if (cursor.lost) return undefined
  return key === 'version' ? version(cursor) : cursor.name('a feature')
}

const gate = (cursor: Cursor): Gate => {
  const { start } = cursor.peek()
  cursor.take()
  const word = cursor.peek()
  // Keywords are unknown annotations rather than missing names.
  const name =
    word.kind === 'word'
      ? { text: cursor.take().text, missing: false, start: word.start, end: word.end }
      : cursor.name('an annotation')
  const kind =
    name.text === 'since' || name.text === 'unstable' || name.text === 'deprecated' || name.text === 'external-id'
      ? name.text
      : 'unknown'
  if (kind === 'unknown' && !name.missing) {
    cursor.problem(
      name,
      `There is no annotation \`@${name.text}\`.`,
      'The annotations are `@since(version = ...)`, `@unstable(feature = ...)`, `@deprecated(version = ...)` and `@external-id("...")`.',
    )
    if (cursor.eat('(')) while (!cursor.atEnd && !cursor.is(')') && !cursor.peek().first) cursor.take()
    cursor.eat(')')
    return { kind, name, version: undefined, feature: undefined, id: undefined, start, end: cursor.end }
  }
  const form = kind === 'external-id' ? '@external-id("...")' : kind === 'unknown' ? '@since(...)' : forms[kind]
  cursor.expect('(', (found) => `After \`@${name.text}\` comes \`(\`, and here is ${found}.`, `Write \`${form}\`.`)
  let value: Version | Name | undefined
  let id: string | undefined
  if (kind === 'external-id') {
    const token = cursor.peek()
    if (token.kind === 'string' && !cursor.lost) id = cursor.take().text
    else cursor.fail(`\`@external-id\` takes a string, and here is ${describe(token)}.`, `Write \`${form}\`.`)
  } else if (kind !== 'unknown') value = argument(cursor, kind)
  cursor.expect(
    ')',
    (found) => `\`@${name.text}\` takes one argument and closes with \`)\`, and here is ${found}.`,
    `Write \`${form}\`.`,
  )
  return {
    kind,
    name,
    version: value !== undefined && 'major' in value ? value : undefined,
    feature: value !== undefined && 'missing' in value ? value : undefined,
    id,
    start,
    end: cursor.end,
  }
}

/** Documentation and annotations in front of an item. */
export const parseHead = (cursor: Cursor): Head => {
  const { start } = cursor.peek()
  const docs = cursor.docs()
  const gates: Gate[] = []
  while (!cursor.lost && cursor.is('@')) {
    gates.push(gate(cursor))
    // A broken annotation leaves the item after it alone where that starts on a line of its own.
    if (!cursor.lost) continue
    while (!cursor.atEnd && !cursor.peek().first && !cursor.is('}') && !cursor.is(';')) cursor.take()
    cursor.lost = false
  }
  return { start, docs: docs ?? (gates.length > 0 ? cursor.docs() : undefined), gates }
}
