import type { Project } from '../project.ts'
import { type Example, exampleProject } from './example.ts'
import { hello } from './hello.ts'
import { titles } from './titles.ts'

/** In the page: the example that it opens with is part of it, and the others come right after it. */
let texts: Readonly<Record<string, string>> = import.meta.glob(['./hello/**/*.wit', './hello/**/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
let examples: readonly Example[] = [hello]

/** Fetches the settings and the files of all examples, so that opening one does not wait. */
export async function loadExamples(): Promise<void> {
  ;({ examples, texts } = await import('./texts.ts'))
}

/** The project of an example, a promise of it where its files are still to come; `undefined` where none has that name. */
export function loadExample(id: string): Project | Promise<Project> | undefined {
  if (!titles.some((one) => one.id === id)) return undefined
  return projectOf(id) ?? loadExamples().then(() => projectOf(id) ?? loadLong().then(() => projectOf(id, '')))
}

/** The files of the long ones, which come when somebody opens one. */
async function loadLong(): Promise<void> {
  const long = await import('./long-texts.ts')
  texts = { ...texts, ...long.texts }
}

function projectOf(id: string): Project | undefined
function projectOf(id: string, missing: string): Project
function projectOf(id: string, missing?: string): Project | undefined {
  const example = examples.find((one) => one.id === id)
  if (!example) {
    if (missing === undefined) return undefined
    throw new Error(`the example ${id} has a title and no settings`)
  }
  const files: Record<string, string> = Object.create(null)
  for (const path of example.files) {
    const text = texts[`./${example.id}/${path}`] ?? missing
    if (text === undefined) return undefined
    files[path] = text
  }
  return exampleProject(example, files)
}
