import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Test data from outside the project; absent in most clones. */
export const corpora = resolve(process.env.CORPORA ?? '../shared/corpora')
export const hasCorpora = existsSync(corpora)

export function readCorpus(path: string): string {
  return readFileSync(join(corpora, path), 'utf8')
}

export function listCorpus(path: string): string[] {
  return hasCorpora ? readdirSync(join(corpora, path)).toSorted() : []
}

const packageLine = /^package\s+([^;{]+);/m

/** The files of one package as the nested block `package name { … }`. */
export function packageBlock(directory: string): { name: string; text: string; worlds: string[] } {
  const texts = listCorpus(directory)
    .filter((file) => file.endsWith('.wit'))
    .map((file) => readCorpus(join(directory, file)))
  const name = texts.map((text) => packageLine.exec(text)?.[1]?.trim()).find((found) => found !== undefined)
  if (name === undefined) throw new Error(`no package name in ${directory}`)
  const body = texts.map((text) => text.replace(packageLine, '')).join('\n')
  return { name, text: `package ${name} {\n${body}\n}\n`, worlds: worldNames(body) }
}

export function worldNames(text: string): string[] {
  return [...text.matchAll(/^\s*world\s+%?([a-zA-Z0-9-]+)\s*\{/gm)].map((match) => match[1] ?? '')
}
