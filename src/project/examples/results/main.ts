import type { Problem } from 'demo:results/percent'

function parse(text: string): number {
  // Throwing a value of the error type returns err(...).
  if (text.trim() === '') throw { tag: 'empty' } satisfies Problem
  const value = Number(text)
  if (Number.isNaN(value)) throw { tag: 'not-a-number', val: text } satisfies Problem
  if (value < 0 || value > 100) throw { tag: 'out-of-range', val: value } satisfies Problem
  return Math.round(value)
}

function explain(problem: Problem): string {
  switch (problem.tag) {
    case 'empty':
      return 'nothing was given'
    case 'not-a-number':
      return `"${problem.val}" is not a number`
    case 'out-of-range':
      return `${problem.val} is not between 0 and 100`
  }
}

export const percent: typeof import('demo:results/percent') = {
  parse,
  check(text) {
    try {
      parse(text)
    } catch (problem) {
      throw explain(problem as Problem)
    }
  },
  isRound(value) {
    if (value % 10 !== 0) throw undefined
  },
  describe: (attempt) => (attempt.tag === 'ok' ? `${attempt.val} %` : explain(attempt.val)),
  explode(fuse) {
    // There is no err case for this exception to go to.
    throw new Error(`the fuse of ${fuse} was too short`)
  },
}
