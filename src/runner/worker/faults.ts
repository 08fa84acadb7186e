import type { ValueType } from '../../component/types.ts'
import type { Fault, Place } from '../../contract/fault.ts'
import { serves, unversioned } from '../../wasi/served.ts'
import { CannotWait, Denied, HostTrap, Unserved } from '../../wasi/signals.ts'
import { cutText } from '../fit-to-caps.ts'
import { suspendingBrowsers } from '../suspending.ts'
import type { UncaughtException } from './guest-engine.ts'
import { resultAdvice } from './result-advice.ts'

/** Longest text of a guest that goes into a fault, in UTF-16 code units. */
const longest = 16 * 1024

const cut = (text: string): string => cutText(text, longest)

/** Any thrown value as text: `name: message`, since some browsers throw strings and errors of their own. */
export const describe = (thrown: unknown): string => {
  try {
    if (thrown instanceof Error) return cut(`${thrown.name}: ${thrown.message}`)
    return cut(typeof thrown === 'string' ? thrown : `a value of type ${typeof thrown}`)
  } catch {
    return 'an error that cannot be described'
  }
}

/**
 * The first place in a file of the project that a QuickJS stack names: `    at greet (main.ts:3:10)`, or
 * `    at main.ts:3:10`.
 */
export const placeOf = (stack: string): Place | undefined => {
  for (const line of stack.split('\n')) {
    const found = /^\s*at (?:.*\()?([^()\s][^()]*?):(\d+):(\d+)\)?\s*$/.exec(line)
    const [, file, row, column] = found ?? []
    if (file === undefined || row === undefined || column === undefined) continue
    // The engine's own runtime and the generated import modules are no files of the project.
    if (!/\.[cm]?[jt]sx?$/.test(file) || file.startsWith('<') || file.includes('witcraft:')) continue
    return { file, line: Number(row), column: Number(column) }
  }
  return undefined
}

const uncaughtMessages: Readonly<Record<UncaughtException['kind'], (call: string, message: string) => string>> = {
  exception: (call, message) => `${call} threw ${message}`,
  rejection: (call, message) => `A promise was rejected during ${call} and nobody handled it: ${message}`,
  unsettled: (call, message) =>
    `${call} returned a promise that never settles: nothing is left that could settle it${message && ` (${message})`}.`,
  'bad-result': (call, message) => `What ${call} returned does not fit its type${misfit(message)}`,
  'bad-error': (call, message) => `What ${call} threw does not fit the err of its result${misfit(message)}`,
}

/** Where in the value, and what is wrong there, as the engine writes it: `items[0].name: expected a string, got 5`. */
function misfit(message: string): string {
  const [, path, what] =
    /^TypeError: (?:([\w$-]+(?:[.[\]][\w$-]*)*|\[\d+\][\w$.[\]-]*): )?(expected .*)$/s.exec(message) ?? []
  return `${path === undefined ? '' : ` at ${path}`}: ${what ?? message}`
}

const uncaughtNext: Readonly<Record<UncaughtException['kind'], string>> = {
  exception: 'Correct the code at this place, or catch the error in it.',
  rejection: 'Await the promise, or handle its rejection with catch.',
  unsettled: 'Make sure that the promise is resolved or rejected by something that happens.',
  'bad-result': 'Return a value of the type that the world names.',
  'bad-error': 'Throw a value of the type that the world names.',
}

/** An error of its own class or of none, which may have been meant as the err of a result: not a mistake in the program. */
const isMistake = (message: string): boolean =>
  /^(?:Eval|Range|Reference|Syntax|Type|URI|Internal)Error\b/.test(message)

/** `result`: of the function that was called. */
export const uncaughtFault = (
  call: string,
  { kind, message, stack, next }: UncaughtException,
  result?: ValueType,
): Fault => {
  const meant = kind === 'bad-result' || kind === 'bad-error' || (kind === 'exception' && !isMistake(message))
  const wrong = kind === 'bad-result' ? 'ok' : 'err'
  const convention = meant && result?.kind === 'result' ? resultAdvice(result, wrong) : undefined
  const text = cut(message)
  const place = placeOf(stack)
  const detail = cut(stack.trim())
  return {
    stage: 'call',
    message: uncaughtMessages[kind](call, text),
    // The engine knows its own limits and what its guests tend to miss.
    next: next ?? convention ?? uncaughtNext[kind],
    ...(place ? { place } : {}),
    ...(detail === '' ? {} : { detail }),
  }
}

/** JavaScript is on the stack below what had to wait, such as the glue that calls a destructor. */
const isSuspendError = (thrown: unknown): boolean =>
  thrown instanceof Error && (thrown.name === 'SuspendError' || thrown.constructor.name === 'SuspendError')

const waitFault = (call: string, reason: CannotWait['reason']): Fault =>
  reason === 'frozen'
    ? {
        stage: 'trap',
        message: `${call} waits for a clock that is frozen, and in this browser nothing can step it meanwhile.`,
        next: `Set the clock to auto, which skips the waiting, or use ${suspendingBrowsers}.`,
      }
    : {
        stage: 'trap',
        message: `${call} had to wait in a constructor or a destructor, which cannot be suspended.`,
        next: 'Wait in a function instead, or set the clock to auto and give stdin as text.',
      }

const isStackOverflow = (thrown: unknown): boolean =>
  thrown instanceof Error && /call stack|too much recursion|stack overflow/i.test(thrown.message)
const isOutOfMemory = (thrown: unknown): boolean =>
  /out of memory|could not allocate memory|memory limit|allocation failed/i.test(describe(thrown))

/** What ended an instance, when the guest left no exception behind. */
export const trapFault = (call: string, thrown: unknown): Fault => {
  if (thrown instanceof Denied) {
    return {
      stage: 'denied',
      message: `The policy denies ${thrown.call}, which ${call} called.`,
      next: 'Allow it under Policy, or do without the call.',
    }
  }
  if (thrown instanceof Unserved) {
    const [name = ''] = thrown.call.split('#')
    const bare = unversioned(name)
    return {
      stage: 'trap',
      message: `${call} called ${thrown.call}, and a run has nothing behind that yet.`,
      next: serves(bare)
        ? `Import ${bare} of WASI 0.2 in the world and in the code, and run again.`
        : 'Do without it, or import an interface of your own, which a run answers with default values.',
    }
  }
  const cannot = thrown instanceof CannotWait ? thrown.reason : isSuspendError(thrown) ? 'here' : undefined
  if (cannot !== undefined) return waitFault(call, cannot)
  if (thrown instanceof HostTrap) {
    return {
      stage: 'trap',
      message: `${call} broke a rule of the world around it: ${thrown.message}.`,
      next: 'Follow the rule that is named, and run again.',
    }
  }
  if (isStackOverflow(thrown)) {
    return {
      stage: 'call',
      message: `${call} used up the stack: too much recursion or too deeply nested data.`,
      next: 'Look for a recursion that does not end, or nest the data less, and run again.',
      detail: describe(thrown),
    }
  }
  if (isOutOfMemory(thrown)) {
    return {
      stage: 'call',
      message: `${call} ran out of memory.`,
      next: 'Use less memory, or raise the memory limit, and run again.',
      detail: describe(thrown),
    }
  }
  return {
    stage: 'trap',
    message: `${call} ended in a trap: ${describe(thrown)}`,
    next: 'Look at the detail, correct the cause and run again.',
    ...(thrown instanceof Error && thrown.stack ? { detail: cut(thrown.stack) } : {}),
  }
}

export const deadInstance = (call: string): Fault => ({
  stage: 'trap',
  message: `${call} was not called: the instance has ended, and its state with it.`,
  next: 'Run again for a fresh instance.',
})

export const instantiateFault = (thrown: unknown): Fault => {
  if (thrown instanceof Denied || thrown instanceof HostTrap || thrown instanceof Unserved)
    return trapFault('The start of the instance', thrown)
  return {
    stage: 'instantiate',
    message: `The component could not be instantiated: ${describe(thrown)}`,
    next: 'Look at the detail; an import or a limit may be the cause.',
    ...(thrown instanceof Error && thrown.stack ? { detail: cut(thrown.stack) } : {}),
  }
}
