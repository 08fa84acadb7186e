import type { CallableExport } from '../../component/call-expression.ts'
import type { TextError } from '../../component/text-error.ts'
import type { Fault } from '../../contract/fault.ts'
import { isMissingHandle } from './handles.ts'

/** What is wrong with an expression that is no call of one of the exports. */
export const callMistake = (expression: string, mistake: TextError, exports: readonly CallableExport[]): Fault => ({
  stage: 'call',
  message: mistake.message,
  next:
    exports.length === 0
      ? 'Export a function.'
      : isMissingHandle(mistake.message)
        ? 'Run starts afresh, without the handles of the run before. Make it again, then press Call.'
        : nextCall(expression, exports),
  detail: pointAt(expression, mistake),
})

/** UTF-16 code units of a line that are shown on either side of what is wrong in it. */
const around = 400

/** The line with the mistake, or the part of it around the column, with a mark below the column. */
const pointAt = (expression: string, { line, column }: TextError): string => {
  const lines = expression.split('\n')
  const written = lines[line - 1] ?? ''
  const at = Math.max(0, column - 1)
  const from = Math.max(0, at - around)
  const before = from > 0 ? '… ' : ''
  const after = at + around < written.length ? ' …' : ''
  const indent = ' '.repeat(before.length + at - from)
  const place = `${lines.length > 1 ? `line ${line}, ` : ''}column ${column}`
  return `${before}${written.slice(from, at + around)}${after}\n${indent}^ ${place}`
}

/** How to write the call that was probably meant. */
const nextCall = (expression: string, exports: readonly CallableExport[]): string => {
  const name = expression
    .split('(')[0]
    ?.trim()
    .replace(/^new\s+/, 'new ')
  const meant = exports.find(
    ({ name: own, short, readable, path }) =>
      [own, short, readable, path].includes(name ?? '') || `/${path.replace(/@[^#]*/, '')}`.endsWith(`/${name}`),
  )
  if (meant) return `Give it what it takes: ${meant.readable} is a ${meant.signature}.`
  return `Call one of its exports, such as ${exports[0]?.readable ?? ''}, which is a ${exports[0]?.signature ?? ''}.`
}
