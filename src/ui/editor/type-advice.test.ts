import { expect, it } from 'vitest'
import { typeAdvice } from './type-advice.ts'

const guestTypes = {
  'interfaces/i.d.ts':
    "declare module 'i' {\n  export function f(): Q;\n  export interface Q {\n    a: number,\n  }\n}\n",
  'world.d.ts':
    "declare module 'demo:hello/hello' {\n  export type * as I from 'i'; // import i\n  export interface Person {\n    name: string,\n  }\n  \n  export class Desk implements Disposable {\n    private constructor();\n  }\n}\n",
}

it.each([
  [
    '2304',
    "Cannot find name 'Person'.",
    "Put `import type { Person } from 'demo:hello/hello'` at the top, or run anyway.",
  ],
  ['2304', "Cannot find name 'Desk'.", "Put `import type { Desk } from 'demo:hello/hello'` at the top, or run anyway."],
  ['2552', "Cannot find name 'Q'. Did you mean 'R'?", "Put `import type { Q } from 'i'` at the top, or run anyway."],
  ['2304', "Cannot find name 'Nobody'.", 'Change it, or run anyway.'],
  ['2322', "Type 'number' is not assignable to type 'string'.", 'Change it, or run anyway.'],
  ['1117', 'An object literal cannot have multiple properties with the same name.', 'Change it, or run anyway.'],
])('says what to do about %s %s', (code, message, advice) => {
  expect(typeAdvice(code, message, guestTypes)).toEqual({ stage: 'types', next: advice })
})

it('says that a run ends at what cannot be read', () => {
  const next = 'Correct it: a run cannot read past it.'
  expect(typeAdvice('1109', 'Expression expected.', guestTypes)).toEqual({ stage: 'source', next })
})
