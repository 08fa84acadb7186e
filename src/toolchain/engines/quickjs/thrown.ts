import type { Fault, Place } from '../../../contract/fault.ts'
import { insteadOfName } from '../../absent.ts'
import { runtimeScheme } from './control.ts'

/** What a guest threw, as the runtime's `describe` puts it. */
export interface Thrown {
  /** `TypeError: x is not a function`, or how the console would show something that is no Error. */
  readonly message: string
  /** Lines of `    at name (file:line:column)`; may be empty. */
  readonly stack: string
}

/**
 * The stack with columns as the rest of the project counts them: the engine counts the bytes of UTF-8. Frames outside
 * `modules` stay as they are.
 */
export function stackInCodeUnits(stack: string, modules: Readonly<Record<string, string>>): string {
  return stack.replace(
    /(\(|at )([^()\n]+):(\d+):(\d+)(?=\)?$)/gm,
    (whole, lead: string, file: string, row: string, column: string) => {
      if (!Object.hasOwn(modules, file)) return whole
      const text = (modules[file] ?? '').split('\n')[Number(row) - 1] ?? ''
      return `${lead}${file}:${row}:${columnInCodeUnits(text, Number(column))}`
    },
  )
}

/** `column` counts bytes from 1; so does the result, in code units. */
function columnInCodeUnits(line: string, column: number): number {
  let bytes = 1
  let units = 1
  for (const character of line) {
    if (bytes >= column) break
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    units += character.length
  }
  return bytes >= column ? units : units + column - bytes
}

/** The first place in a stack that lies in one of the project's own files. */
export function placeInStack(stack: string, isOwnFile: (file: string) => boolean): Place | undefined {
  for (const line of stack.split('\n')) {
    const [, file, row, column] = /^\s*at (?:.*\()?(.+?):(\d+):(\d+)\)?$/.exec(line) ?? []
    if (file !== undefined && isOwnFile(file)) return { file, line: Number(row), column: Number(column) }
  }
  return undefined
}

/** The stack without the frames of the runtime and of the engine. */
export function ownFrames(stack: string): string {
  return stack
    .split('\n')
    .filter(
      (line) =>
        /^\s*at /.test(line) &&
        !line.includes(runtimeScheme) &&
        !line.includes(strippedFile) &&
        !line.endsWith('(native)'),
    )
    .map((line) => `    ${line.trim()}`)
    .join('\n')
}

/** The file of functions whose bytecode has none: those of the runtime. */
const strippedFile = '<null>:'

/** What to do about an error that the guest did not catch; undefined where nothing better than its message is known. */
export function adviceFor(message: string): string | undefined {
  const [, missing = ''] = /^ReferenceError: '?([\w$]+)'? is not defined/.exec(message) ?? []
  if (missing !== '') {
    return insteadOfName(missing) ?? `Declare ${missing}, or import it from the file or the interface that has it.`
  }
  const [, add] = /Add (`import [^`]+`) to the world/.exec(message) ?? []
  if (add !== undefined) return `Add ${add} to the world.`
  if (isStackOverflow(message)) return 'End the recursion earlier, or use a loop.'
  if (isOutOfMemory(message)) return 'Keep less in memory at a time, or raise the memory limit.'
  return undefined
}

/** The message without the advice that stands in `next`. */
export const withoutAdvice = (message: string): string => message.replace(/ Add `import [^`]+` to the world\.$/, '')

export const isStackOverflow = (message: string): boolean =>
  /^(RangeError|InternalError): (Maximum call stack size exceeded|stack overflow|too much recursion)/.test(message)

export const isOutOfMemory = (message: string): boolean => /^(InternalError|RangeError): out of memory/.test(message)

/** The fault of an error that ended the guest's top-level code. `next`: what to do where nothing better is known. */
export function initFault(thrown: Thrown, isOwnFile: (file: string) => boolean, next?: string): Fault {
  const stack = ownFrames(thrown.stack)
  // The constructor of an error class is not where the error was thrown.
  const [, type = ''] = /^([\w$]+): /.exec(thrown.message) ?? []
  const lines = stack.split('\n')
  const thrower = lines.findIndex((line) => !line.startsWith(`    at ${type} (`))
  const place = placeInStack(lines.slice(Math.max(thrower, 0)).join('\n'), isOwnFile)
  const syntax = thrown.message.startsWith('SyntaxError: ') && stack.split('\n').length <= 1
  const usual = syntax
    ? 'Correct the source at this place.'
    : 'Correct the top-level code, or move it into an export if it should run when the component is called.'
  return {
    stage: 'guest-init',
    message: withoutAdvice(thrown.message),
    next: adviceFor(thrown.message) ?? next ?? usual,
    ...(place && { place }),
    ...(stack !== '' && { detail: stack }),
  }
}
