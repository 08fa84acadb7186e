import { afterAll, beforeAll, expect, it } from 'vitest'
import { decodePrepared, encodePrepared } from '../../../cache/prepared-codec.ts'
import { Workshop } from '../testing/component.ts'

/** Names of WIT that every JavaScript object has, too: `constructor`, `to-string`, `has-own-property`. */

let workshop: Workshop
beforeAll(async () => {
  workshop = await Workshop.open()
}, 120_000)
afterAll(() => workshop.close())

/** A host's resource that is never made. */
class Unused {
  unused = true
}

const wit = `package t:t;
  world w {
    import %constructor: interface { has-own: func() -> bool; }
    import to-string: interface { value-of: func(n: u32) -> u32; }
    import value-of: func() -> u32;
    import has-own-property: interface { resource %constructor { to-string: func() -> string; } }
    export to-locale-string: func() -> string;
  }`
const source = `
  import { hasOwn } from 'constructor'
  import { valueOf } from 'to-string'
  import direct from 'value-of'
  import { Constructor } from 'has-own-property'
  export const toLocaleString = () => [hasOwn(), valueOf(3), direct(), typeof Constructor.prototype.toString].join()`

it('are names like any other', async () => {
  const made = await workshop.make(wit, source, {
    constructor: { hasOwn: () => true },
    'to-string': { valueOf: (n: number) => n + 1 },
    'value-of': { default: () => 5 },
    'has-own-property': { Constructor: Unused },
  })
  expect(made.exports.toLocaleString()).toBe('true,4,5,function')
  expect(decodePrepared(encodePrepared(made.prepared))).toEqual(made.prepared)
})
