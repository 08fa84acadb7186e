/** WAVE, the text form of component values, to and from the JavaScript values of jco's conventions. */
export { type HandleProblem, type HandleSource, noHandles, parseWave, type WaveOutcome } from './wave-parser.ts'
export { type HandleTable, noHandleTable, type PrintOptions, printWave, UnexpectedValue } from './wave-printer.ts'
export type { TextError } from './text-error.ts'
