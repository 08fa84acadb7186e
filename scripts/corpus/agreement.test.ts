import { expect, test } from 'vitest'
import { checkWit } from '../../src/wit/check.ts'
import { lineStarts } from '../../src/wit/text.ts'
import { reasonFor } from './agreement.ts'

/** The types that are missing in a text, and those of them that jco is known not to miss. */
const missing = (text: string): { all: string[]; explained: string[] } => {
  const found = checkWit({ 'a.wit': text }).flatMap(({ message, place }) => {
    const name = /^There is no type `([^`]+)`/.exec(message)?.[1]
    const at = (lineStarts(text)[(place?.line ?? 1) - 1] ?? 0) + (place?.column ?? 1) - 1
    return name === undefined ? [] : [{ name, isExplained: reasonFor(text, message, at) !== undefined }]
  })
  return {
    all: found.map(({ name }) => name),
    explained: found.filter(({ isExplained }) => isExplained).map(({ name }) => name),
  }
}

test('only a name that is missing inside of something unstable is explained by that', () => {
  const text = `package a:b;
    interface i {
      a: func(x: n1);
      @unstable(feature = x)
      b: func(x: n2);
      resource r {
        @unstable(feature = x)
        c: func(x: n3);
        d: func(x: n4);
      }
    }
    @unstable(feature = x)
    interface j { type t = n5; }
    interface k { type t = n6; }
    world w {
      @unstable(feature = x)
      import l: interface { type t = n7; }
      import m: interface { type t = n8; @unstable(feature = x) type u = n9; }
    }`
  expect(missing(text)).toEqual({
    all: ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'],
    explained: ['n2', 'n3', 'n5', 'n7', 'n9'],
  })
})
