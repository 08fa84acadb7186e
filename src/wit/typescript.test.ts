import { describe, expect, it } from 'vitest'
import { loadTools } from '../toolchain/jco/node.ts'
import { resolveWit } from './check.ts'
import { isDefinition } from './type-parts.ts'
import { declarationOf, signatureOf, thrownOf, typeName, valueName } from './typescript.ts'

const text = `package demo:all;
interface kinds {
  type a = u64;
  type b = list<u8>;
  type c = list<f32>;
  type d = list<string>;
  type e = list<u64>;
  type f = option<string>;
  type g = tuple<u8, string>;
  type h = result<u8, string>;
  type i = result<_, string>;
  type j = result;
  type k = map<string, u32>;
  type l = list<u32, 4>;
  type m = char;
  record my-rec { first-name: string, nick: option<string>, %type: u8 }
  enum colour { red, dark-blue }
  flags perms { read, write-all }
  resource blob {
    constructor(init: list<u8>);
    size: func() -> u64;
    merge: static func(a: borrow<blob>, b: blob) -> result<blob, string>;
  }
  do-it: func(a: my-rec, b: borrow<blob>, c: result<u8, string>, d: option<u8>) -> result<list<s64>, colour>;
  nothing: func();
  later: async func(x: stream<u8>) -> future<string>;
  HTTP-get: func();
}
world all { import kinds; }
`

const normal = (code: string): string => code.replaceAll(/[\s;,]+/g, ' ').trim()

describe('WIT as TypeScript', () => {
  it('is what the generated guest types have', async () => {
    const tools = await loadTools()
    const files = tools.generateTypes('all', { wit: { tag: 'source', val: text }, guest: true })
    const generated = normal(
      files
        .map(([, bytes]) => new TextDecoder().decode(bytes))
        .join('\n')
        .replaceAll(/\/\*[^]*?\*\//g, ''),
    )
    const { packages } = resolveWit({ 'a.wit': text })
    const items = packages.root?.definitions.get('kinds')?.node.items ?? []
    const lines = items.flatMap((item) => {
      if (item.kind === 'function') return [`function ${signatureOf(item.name.text, item.type)}`]
      if (!isDefinition(item)) return []
      const code = declarationOf(item)
      return item.kind === 'resource' ? code.split('\n').slice(1, -1) : [code]
    })
    expect(lines).toHaveLength(23)
    for (const line of lines) expect(generated).toContain(normal(line))
  })

  it('names things by their words', () => {
    expect([typeName('wall-clock'), typeName('HTTP-error'), typeName('a')]).toEqual(['WallClock', 'HttpError', 'A'])
    expect([valueName('get-random-u64'), valueName('HTTP-get')]).toEqual(['getRandomU64', 'httpGet'])
  })

  it('says what a call throws', () => {
    const { packages } = resolveWit({
      'a.wit':
        'package a:b; interface c { d: func() -> result<u8, string>; e: func() -> result<u8>; f: func() -> u8; }',
    })
    const items = packages.root?.definitions.get('c')?.node.items ?? []
    const thrown = items.map((item) => (item.kind === 'function' ? thrownOf(item.type) : expect.unreachable()))
    expect(thrown).toEqual(['string', 'undefined', undefined])
  })
})
