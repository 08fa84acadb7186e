import type { Token } from './lexer.ts'

/** What the cursor is in: from the outside in. `head`: the words of the item or element up to there. */
export interface Frame {
  readonly kind:
    | 'top'
    | 'interface'
    | 'world'
    | 'resource'
    | 'members'
    | 'cases'
    | 'labels'
    | 'names'
    | 'renames'
    | 'round'
    | 'angle'
  head: Token[]
  /** What stands before its bracket. */
  readonly opener?: Token | undefined
}

export const isWord = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'word' && !token.escaped && token.text === text

const frameOf = (head: readonly Token[]): Frame['kind'] => {
  const [first] = head
  const last = head.at(-1)
  if (isWord(first, 'use')) return 'names'
  if (isWord(last, 'with')) return 'renames'
  if (isWord(last, 'interface')) return 'interface'
  switch (first?.escaped ? '' : first?.text) {
    case 'world':
      return 'world'
    case 'package':
      return 'top'
    case 'resource':
      return 'resource'
    case 'record':
      return 'members'
    case 'variant':
      return 'cases'
    case 'enum':
    case 'flags':
      return 'labels'
    default:
      return 'interface'
  }
}

/** The frames around the end of these tokens. */
export const framesAt = (tokens: readonly Token[]): readonly Frame[] => {
  const frames: Frame[] = [{ kind: 'top', head: [] }]
  const inner = (): Frame => frames.at(-1) ?? { kind: 'top', head: [] }
  const closeTypes = (): void => {
    while (frames.length > 1 && (inner().kind === 'round' || inner().kind === 'angle')) frames.pop()
  }
  for (const token of tokens) {
    const { text } = token
    if (token.kind !== 'mark') inner().head.push(token)
    else if (text === '{') frames.push({ kind: frameOf(inner().head.filter(({ kind }) => kind === 'word')), head: [] })
    else if (text === '(') frames.push({ kind: 'round', head: [] })
    else if (text === '<') frames.push({ kind: 'angle', head: [], opener: inner().head.at(-1) })
    else if (text === ')' || text === '>') {
      if (inner().kind === 'round' || inner().kind === 'angle') frames.pop()
      inner().head.push(token)
      // Annotations are over with their parentheses.
      if (text === ')' && inner().head[0]?.text === '@') inner().head = []
    } else if (text === '}') {
      closeTypes()
      const ended = frames.length > 1 ? frames.pop() : undefined
      if (ended?.kind !== 'names') inner().head = []
    } else if (text === ';') {
      closeTypes()
      inner().head = []
    } else if (text === ',') inner().head = []
    else inner().head.push(token)
  }
  return frames
}
