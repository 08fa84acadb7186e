import type * as Percent from 'demo:results/percent'

// A thrown value of the error type gives err(...).
function fail(problem: Percent.Problem): never {
  throw problem
}

function parse(text: string): number {
  if (text.trim() === '') fail({ tag: 'empty' })
  const value = Number(text)
  if (Number.isNaN(value)) {
    fail({ tag: 'not-a-number', val: text })
  }
  if (value < 0 || value > 100) {
    fail({ tag: 'out-of-range', val: value })
  }
  return Math.round(value)
}

function explain(problem: Percent.Problem): string {
  switch (problem.tag) {
    case 'empty':
      return 'nothing was given'
    case 'not-a-number':
      return `"${problem.val}" is not a number`
    case 'out-of-range':
      return `${problem.val} is not between 0 and 100`
  }
}

export const percent: typeof Percent = {
  parse,
  check(text) {
    try {
      parse(text)
    } catch (problem) {
      throw explain(problem as Percent.Problem)
    }
  },
  isRound(value) {
    if (value % 10 !== 0) throw undefined
  },
  describe: (attempt) =>
    attempt.tag === 'ok'
      ? `${attempt.val} %`
      : explain(attempt.val),
  explode(fuse) {
    // This exception has no err case to go to.
    throw new Error(
      `the fuse of ${fuse} was too short`,
    )
  },
}
