// The type of the import carries the world's types
// into every parameter below.
import type * as Tour from 'demo:types/tour'

const seasons: Tour.Season[] = [
  'spring',
  'summer',
  'autumn',
  'winter',
]

/** The shoelace formula. */
function areaOf(corners: Tour.Point[]): number {
  let twice = 0
  corners.forEach((corner, index) => {
    const next =
      corners[(index + 1) % corners.length]!
    twice += corner.x * next.y - next.x * corner.y
  })
  return Math.abs(twice) / 2
}

export const tour: typeof Tour = {
  add: (a, b) => a + b,
  addWide: (a, b) => a + b, // bigint
  sumNarrow: (a, b, c, d, e) =>
    BigInt(a + b + c + d + e),
  halve: (value) => value / 2,

  not: (value) => !value,
  nextLetter(letter) {
    const code = letter.codePointAt(0)!
    return String.fromCodePoint(code + 1)
  },
  shout: (text) => text.toUpperCase(),

  midpoint: (a, b) => ({
    x: (a.x + b.x) / 2,
    y: (a.y + b.y) / 2,
  }),
  swap: ([text, count]) => [count, text],
  // A list<u8> is a Uint8Array.
  invert: (bytes) =>
    bytes.map((byte) => 255 - byte),
  join: (words, separator) => words.join(separator),

  nextSeason(season) {
    const next = seasons.indexOf(season) + 1
    return seasons[next % seasons.length]!
  },
  area(shape) {
    switch (shape.tag) {
      case 'dot':
        return 0
      case 'circle':
        return Math.PI * shape.val ** 2
      case 'polygon':
        return areaOf(shape.val)
    }
  },
  first: (words) => words[0], // undefined is none
  explain(answer) {
    // Where options are nested, the outer one is
    // tagged: undefined could not tell the two
    // nones apart.
    if (answer.tag === 'none') return 'nobody asked'
    if (answer.val === undefined) {
      return 'asked, and not answered'
    }
    return answer.val ? 'yes' : 'no'
  },
  divide(a, b) {
    // What is thrown is the err case of the result.
    if (b === 0) throw 'cannot divide by zero'
    return Math.trunc(a / b)
  },

  grant: (have, more) => ({
    read: have.read || more.read,
    write: have.write || more.write,
    runIt: have.runIt || more.runIt,
  }),
}
