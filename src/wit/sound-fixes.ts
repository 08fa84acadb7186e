import type { ParsedWit } from './tree.ts'
import { applyEdits, type Problem, type TextFix } from './text.ts'
import { parseWit } from './parse.ts'

/** Characters that are read once more for the fixes of one text: people wait for diagnostics while they type. */
const mostReread = 60_000

const judged = new WeakMap<ParsedWit, ReadonlyMap<Problem, readonly TextFix[]>>()

/**
 * The fixes of a syntax error that make the text better: with fewer problems, and none that was not there before. In a
 * text that is broken in several ways, a fix that is right for one of them may only put another error in its place.
 */
export const soundFixes = (parsed: ParsedWit, problem: Problem): readonly TextFix[] => {
  const known = judged.get(parsed) ?? judge(parsed)
  judged.set(parsed, known)
  return known.get(problem) ?? []
}

const judge = (parsed: ParsedWit): ReadonlyMap<Problem, readonly TextFix[]> => {
  const messages = new Set(parsed.problems.map(({ message }) => message))
  let left = mostReread
  const isSound = ({ edits }: TextFix): boolean => {
    left -= parsed.text.length
    // What cannot be judged in time is offered as it is.
    if (left < 0) return true
    const { problems } = parseWit(applyEdits(parsed.text, edits))
    return problems.length < parsed.problems.length && problems.every(({ message }) => messages.has(message))
  }
  return new Map(parsed.problems.map((problem) => [problem, (problem.fixes ?? []).filter(isSound)]))
}
