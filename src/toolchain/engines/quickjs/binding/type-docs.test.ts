import { expect, it } from 'vitest'
import type { InterfaceItem, ValueType, World } from '../../../../component/types.ts'
import { planWorld } from './plan.ts'
import { documentTypes } from './type-docs.ts'

const world: World = {
  name: 'demo:a/a',
  imports: [
    {
      kind: 'interface',
      name: 'demo:a/log',
      types: [],
      functions: [
        {
          kind: 'function',
          name: 'write',
          type: { async: false, params: [{ name: 'level', type: { kind: 'u8' } }], result: { kind: 'u16' } },
        },
      ],
    },
  ],
  exports: [
    {
      kind: 'function',
      name: 'mix-up',
      type: {
        async: false,
        params: [
          { name: 'the-first', type: { kind: 'u8' } },
          { name: 'text', type: { kind: 'string' } },
        ],
        result: { kind: 'result', ok: { kind: 's64' } },
      },
    },
    {
      kind: 'interface',
      name: 'demo:a/api@1.0.0',
      types: [
        {
          kind: 'type',
          name: 'line',
          type: { kind: 'record', fields: [{ name: 'how-many', type: { kind: 's8' } }] },
        },
      ],
      functions: [{ kind: 'function', name: 'count', type: { async: false, params: [], result: { kind: 'u32' } } }],
    },
  ],
}

const documented = (text: string, each: World): string => {
  const plan = planWorld(each)
  return plan.ok ? documentTypes(text, each, plan.value) : plan.fault.message
}

it('says which integers are meant, beside what is said already', () => {
  const text = `declare module 'demo:a/a' {
  /**
   * Mixes.
   */
  export function mixUp(theFirst: number, text: string): bigint;
}
declare module 'demo:a/api@1.0.0' {
  export function count(): number;
  export interface Line {
    howMany: number,
  }
}
declare module 'demo:a/log' {
  export function write(level: number): number;
}
declare module 'demo:a/other' {
  export function count(): number;
}
`
  expect(documented(text, world)).toBe(`declare module 'demo:a/a' {
  /**
   * Mixes.
   * @param theFirst u8: 0 to 255
   * @returns s64: -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807, wrapped
   * @throws {undefined} The err of the result: \`throw undefined\`
   */
  export function mixUp(theFirst: number, text: string): bigint;
}
declare module 'demo:a/api@1.0.0' {
  /** @returns u32: 0 to 4,294,967,295, wrapped */
  export function count(): number;
  export interface Line {
    /** s8: -128 to 127, wrapped */
    howMany: number,
  }
}
declare module 'demo:a/log' {
  /**
   * @param level u8: 0 to 255, wrapped
   * @returns u16: 0 to 65,535
   */
  export function write(level: number): number;
}
declare module 'demo:a/other' {
  export function count(): number;
}
`)
})

it('says what a function throws, of a class too, with what types it', () => {
  const resource = { kind: 'resource', side: 'export', interface: 'demo:a/shop', name: 'item' } as const
  const refusal: ValueType = {
    kind: 'variant',
    name: 'refusal',
    cases: [{ name: 'sold-out', type: { kind: 'u64' } }, { name: 'empty' }],
  }
  const shop: InterfaceItem = {
    kind: 'interface',
    name: 'demo:a/shop',
    types: [
      { kind: 'type', name: 'item', type: resource },
      { kind: 'type', name: 'no-sale', type: refusal },
    ],
    functions: [
      {
        kind: 'function',
        name: '[method]item.pay',
        type: {
          async: false,
          params: [{ name: 'self', type: { kind: 'borrow', resource } }],
          result: { kind: 'result', ok: { kind: 'u8' }, err: refusal },
        },
      },
      {
        kind: 'function',
        name: 'open',
        type: { async: false, params: [], result: { kind: 'result', err: { kind: 'string' } } },
      },
    ],
  }
  const text = `declare module 'demo:a/shop' {
  export function open(): void;
  export class Item {
    pay(): number;
  }
}
`
  expect(documented(text, { imports: [], exports: [shop] })).toBe(`declare module 'demo:a/shop' {
  /** @throws {string} The err of the result: \`throw 'text'\` */
  export function open(): void;
  export class Item {
    /**
     * @returns u8: 0 to 255, wrapped
     * @throws {NoSale} The err of the result: \`throw { tag: 'sold-out', val: 5n } satisfies NoSale\`
     */
    pay(): number;
  }
}
`)
  expect(documented(text, { imports: [shop], exports: [] })).toContain(
    '/** @throws {ComponentError<string>} Its `payload` is the err of the result */',
  )
})
