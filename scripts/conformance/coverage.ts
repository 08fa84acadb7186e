import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveWit } from '../../src/wit/check.ts'
import { resolvedWit } from '../../src/wit/resolved.ts'
import { corpora } from '../corpus/files.ts'
import type { Check } from './check.ts'

const release = join(corpora, 'wasi', '0.2.12')

/** Every function of every interface of the release, gated ones included; undefined where the documents are absent. */
export const specified = (): readonly string[] | undefined => {
  if (!existsSync(release)) return undefined
  const packages = readdirSync(release)
  const found = packages.flatMap((root) => {
    const files = Object.fromEntries(
      packages.flatMap((name) =>
        readdirSync(join(release, name)).map((file) => [
          name === root ? file : `deps/${name}/${file}`,
          readFileSync(join(release, name, file), 'utf8'),
        ]),
      ),
    )
    const resolution = resolveWit(files, [])
    const [problem] = resolution.diagnostics
    if (problem) throw new Error(`wasi:${root}: ${problem.message}`)
    const { interfaces, packages: all } = resolvedWit(resolution, 'all')
    return interfaces.flatMap(({ name, functions, package: owner }) => {
      const id = (all[owner]?.name ?? '').replace(/@.*$/, '')
      return Object.keys(functions).map((label) => `${id}/${name}#${label}`)
    })
  })
  return [...new Set(found)].toSorted()
}

/** Functions of the release that no check is about, and names in checks that no function has. */
export const uncovered = (functions: readonly string[], checks: readonly Check[]) => {
  const checked = new Set(checks.flatMap(({ of }) => of))
  const known = new Set(functions)
  return {
    missing: functions.filter((name) => !checked.has(name)),
    unknown: [...checked].filter((name) => !known.has(name)).toSorted(),
  }
}
