import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BuiltinPackages } from '../../src/toolchain/wit/builtin.ts'
import { root } from './outputs.ts'

const installed = join(root, 'node_modules/@bytecodealliance/jco/lib/wit/builtin')
/** The last release of each line of WASI: older patches are served from it. */
const releases = ['0.2.12', '0.3.0']

/** The WASI packages that come with jco, by id. jco does not export them, so they are read by their path. */
export function builtinWit(folder = installed): BuiltinPackages {
  const packages: Record<string, string> = {}
  for (const release of releases) {
    for (const name of readdirSync(join(folder, release)).toSorted()) {
      const text = readFileSync(join(folder, release, name, 'package.wit'), 'utf8')
      const id = /^\s*package\s+([^;\s]+)\s*;/m.exec(text)?.[1]
      if (id === undefined) throw new Error(`${release}/${name}/package.wit names no package`)
      packages[id] = text
    }
  }
  return packages
}
