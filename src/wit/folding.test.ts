import { expect, it } from 'vitest'
import { foldsOf } from './folding.ts'
import { parseWit } from './parse.ts'

const folds = (text: string): string[] =>
  foldsOf(parseWit(text)).map(({ start, end, kind }) => `${start}-${end} ${kind}`)

it('folds blocks, nested packages and comments of several lines', () => {
  const text = `/// One
/// two.
package a:b;

package c:d {
  /* of
     two lines */
  interface i {
    record r { a: u8 } // behind
    // alone
    use x.{
      a,
    };
    // one

    // other
    // two
    f: func();
  }
}
`
  expect(folds(text)).toEqual([
    '1-2 comment',
    '5-19 block',
    '6-7 comment',
    '8-18 block',
    '11-12 block',
    '16-17 comment',
  ])
})

it('folds what can be read of broken text', () => {
  expect(folds('world w {\n  import\n')).toEqual([])
  expect(folds('}\nworld w {\n  import\n}\n}')).toEqual(['2-3 block'])
})
