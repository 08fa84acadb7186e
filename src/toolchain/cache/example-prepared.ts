import type { ResourceType, ValueType } from '../../component/types.ts'
import type { PreparedWorld } from '../engine.ts'

/** A prepared world for tests, with shared types that would double at each level if they were written as a tree. */
export function examplePrepared(levels = 40): PreparedWorld {
  const resource: ResourceType = { kind: 'resource', side: 'export', interface: 'demo:app/shop@1.0.0', name: 'cart' }
  let type: ValueType = { kind: 'string' }
  for (let level = 0; level < levels; level++) type = { kind: 'tuple', name: `level-${level}`, types: [type, type] }
  return {
    engine: 'quickjs',
    variant: 'base',
    engineHash: 'ab'.repeat(32),
    world: {
      name: 'demo:app/app',
      imports: [
        { kind: 'function', name: 'log', type: { async: false, params: [{ name: 'line', type }], result: type } },
      ],
      exports: [
        {
          kind: 'interface',
          name: 'demo:app/shop@1.0.0',
          types: [
            { kind: 'type', name: 'cart', type: resource },
            { kind: 'type', name: 'deep', type },
          ],
          functions: [
            {
              kind: 'function',
              name: '[method]cart.total',
              type: {
                async: false,
                params: [{ name: 'self', type: { kind: 'borrow', resource } }],
                result: {
                  kind: 'result',
                  ok: { kind: 'option', some: { kind: 'u64' } },
                  err: { kind: 'enum', cases: ['a'] },
                },
              },
            },
          ],
        },
      ],
    },
    guestTypes: { 'world.d.ts': "declare module 'demo:app/app' { /* “types” */ }" },
    transpiled: {
      js: 'export async function instantiate() {}',
      cores: { 'component.core2.wasm': Uint8Array.of(1, 2, 3), 'component.core3.wasm': new Uint8Array() },
      engineCore: 'component.core.wasm',
    },
    shell: { before: Uint8Array.of(0, 97, 115, 109), after: Uint8Array.of(9) },
    binding: { atoms: ['a'], nested: { list: [1, null, true] } },
  }
}
