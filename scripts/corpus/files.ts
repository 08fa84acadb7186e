/** The corpora as the front end takes them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Builtin } from '../../src/wit/packages.ts'

export type Files = Readonly<Record<string, string>>

export interface Case {
  readonly name: string
  readonly files: Files
  readonly builtins?: readonly Builtin[]
}

/** One row of the table of what a WIT editor has to reach. */
export interface Row {
  readonly id: number
  readonly requirement: string
  readonly target: string
  readonly reached: string
  readonly ok: boolean
  readonly details: readonly string[]
}

export const corpora = resolve(process.env['CORPORA'] ?? '../shared/corpora')
const builtinFolder = resolve('node_modules/@bytecodealliance/jco/lib/wit/builtin')

/** What is not there, by name: rows that need it say so. */
export const missingCorpora = (): string[] =>
  ['wit/good', 'wit/parse-fail', 'wit/worlds', 'wasi'].filter((name) => !existsSync(join(corpora, name)))

const under = (folder: string): string[] =>
  readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? under(path) : [path]
    })

const readable = /\.(?:wit|wat|wasm)$/

/** A case of a corpus, a file or a directory, as a project's files. */
const load = (path: string): Record<string, string> => {
  if (!statSync(path).isDirectory()) return { [path.split('/').at(-1) ?? path]: readFileSync(path, 'utf8') }
  const files: Record<string, string> = {}
  for (const file of under(path))
    if (readable.test(file)) files[relative(path, file)] = readFileSync(file, file.endsWith('.wit') ? 'utf8' : 'latin1')
  return files
}

export const cases = (name: string): Case[] => {
  const folder = join(corpora, name)
  return readdirSync(folder)
    .toSorted()
    .filter((each) => statSync(join(folder, each)).isDirectory() || /\.(?:wit|wat)$/.test(each))
    .map((each) => ({ name: each, files: load(join(folder, each)) }))
}

/** What stands beside a case of a corpus: `types.wit.json` for `types.wit` and for the folder `types`. */
export const beside = (corpus: string, name: string, ending: string): string | undefined => {
  const path = join(corpora, corpus, `${name.replace(/\.(?:wit|wat)$/, '')}.wit.${ending}`)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** The WASI packages that come with the toolchain: each as the root, with the others built in. */
export const jcoBuiltins = (): Case[] => {
  if (!existsSync(builtinFolder)) return []
  const versions = readdirSync(builtinFolder).filter((name) => statSync(join(builtinFolder, name)).isDirectory())
  const roots = versions.flatMap((version) => {
    const folder = join(builtinFolder, version)
    const inside = readdirSync(folder)
    return inside.some((name) => name.endsWith('.wit')) ? [folder] : inside.map((name) => join(folder, name))
  })
  const builtins = roots.flatMap((folder) => {
    const own = Object.entries(load(folder)).filter(([path]) => !path.startsWith('deps/'))
    const texts = own
      .map(([, text]) => text)
      .toSorted((a, b) => Number(/^package/m.test(b)) - Number(/^package/m.test(a)))
    const key = texts.map((text) => /^package\s+([^;\s]+)\s*;/m.exec(text)?.[1]).find((one) => one !== undefined)
    return key === undefined ? [] : [{ folder, package: key, text: texts.join('\n') }]
  })
  return roots.map((folder) => ({
    name: `jco/${relative(builtinFolder, folder)}`,
    files: load(folder),
    builtins: builtins.filter((one) => one.folder !== folder),
  }))
}

/** Each package of WASI with the others as its dependencies. */
export const wasi = (): Case[] => {
  const folder = join(corpora, 'wasi')
  return readdirSync(folder).flatMap((version) => {
    const packages = readdirSync(join(folder, version))
    return packages.map((root) => {
      const files: Record<string, string> = {}
      for (const name of packages)
        for (const [path, text] of Object.entries(load(join(folder, version, name))))
          files[name === root ? path : `deps/${name}/${path}`] = text
      return { name: `wasi/${version}/${root}`, files }
    })
  })
}

/** Cases of the accepting corpora that are one text, complete in itself. */
export const wholeTexts = (): { readonly name: string; readonly text: string }[] =>
  ['wit/good', 'wit/worlds'].flatMap((folder) =>
    cases(folder).flatMap(({ name, files }) => {
      const [text, ...more] = Object.values(files)
      return text === undefined || more.length > 0 || name.endsWith('.wat') ? [] : [{ name, text }]
    }),
  )

/** Every file of WIT in the corpora. */
export const everyText = (): { readonly name: string; readonly text: string }[] =>
  under(corpora)
    .filter((path) => path.endsWith('.wit'))
    .map((path) => ({ name: relative(corpora, path), text: readFileSync(path, 'utf8') }))

/** Random numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
