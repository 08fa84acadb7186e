import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createWasiHost } from './host.ts'
import { interfacesServed } from './served.ts'

const corpus = join(process.env['CORPORA'] ?? '../shared/corpora', 'wasi')
const release = join(corpus, '0.2.12')

const camelCase = (label: string): string => label.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

/** Functions and resources by interface: `wasi:cli/stdout` to its members, as WIT names them. */
const readInterfaces = (folder: string): Map<string, { functions: string[]; resources: Map<string, string[]> }> => {
  const found = new Map<string, { functions: string[]; resources: Map<string, string[]> }>()
  for (const packageName of readdirSync(folder)) {
    for (const file of readdirSync(join(folder, packageName))) {
      const text = readFileSync(join(folder, packageName, file), 'utf8').replace(/\/\/.*$/gm, '')
      for (const [, name = '', body = ''] of text.matchAll(/^interface ([\w-]+) \{$(.*?)^\}$/gms)) {
        const resources = new Map<string, string[]>()
        // `@unstable` items belong to no release.
        const stable = body.replace(/@unstable\([^)]*\)\s*[^;]*;/g, '')
        const rest = stable.replace(/resource ([\w-]+) \{(.*?)\n\s*\}/gs, (_, resource: string, members: string) => {
          resources.set(
            resource,
            [...members.matchAll(/^\s*%?([\w-]+): (static )?func\(/gm)].flatMap(([, member, mark]) =>
              member !== undefined && mark === undefined ? [member] : [],
            ),
          )
          return ''
        })
        for (const [, resource = ''] of rest.matchAll(/resource ([\w-]+);/g)) resources.set(resource, [])
        const functions = [...rest.matchAll(/^\s*%?([\w-]+): func\(/gm)].flatMap(([, member]) => member ?? [])
        found.set(`wasi:${packageName}/${name}`, { functions, resources })
      }
    }
  }
  return found
}

describe.skipIf(!existsSync(release))('against the documents of WASI 0.2.12', () => {
  const interfaces = existsSync(release) ? readInterfaces(release) : new Map()
  const host = createWasiHost({}, { write: () => {}, monotonic: () => 0n, today: () => 0, entropy: () => {} })
  const imports = host.imports(interfacesServed)

  test.each(interfacesServed)('%s has every function and resource of its document', (name) => {
    const document = interfaces.get(name)
    expect(document).toBeDefined()
    const served = imports[name] ?? {}
    for (const label of document?.functions ?? []) expect(served).toHaveProperty(camelCase(label), expect.any(Function))
    for (const [label, methods] of document?.resources ?? []) {
      const className = camelCase(`x-${label}`).slice(1)
      expect(served).toHaveProperty(className, expect.any(Function))
      const prototype: unknown = Reflect.get(Object(served[className]), 'prototype')
      for (const method of methods) expect(prototype).toHaveProperty(camelCase(method))
    }
  })

  test('the documents were read', () => {
    expect(interfaces.get('wasi:io/streams')?.resources.get('output-stream')).toContain('blocking-write-and-flush')
    expect(interfaces.get('wasi:sockets/tcp')?.resources.get('tcp-socket')).toHaveLength(28)
  })
})
