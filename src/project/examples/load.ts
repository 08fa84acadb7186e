import { exampleProject, examples, type Example } from './index.ts'
import type { Project } from '../project.ts'

/** In the page: the example that it opens with is part of it, and the others come right after it. */
let texts: Readonly<Record<string, string>> = import.meta.glob(['./hello/**/*.wit', './hello/**/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Fetches the files of all examples, so that opening one does not wait. */
export async function loadExamples(): Promise<void> {
  ;({ texts } = await import('./texts.ts'))
}

/** The project of an example, a promise of it where its files are still to come; `undefined` where none has that name. */
export function loadExample(id: string): Project | Promise<Project> | undefined {
  const example = examples.find((one) => one.id === id)
  if (!example) return undefined
  return projectOf(example) ?? loadExamples().then(() => projectOf(example, ''))
}

function projectOf(example: Example): Project | undefined
function projectOf(example: Example, missing: string): Project
function projectOf(example: Example, missing?: string): Project | undefined {
  const files: Record<string, string> = Object.create(null)
  for (const path of example.files) {
    const text = texts[`./${example.id}/${path}`] ?? missing
    if (text === undefined) return undefined
    files[path] = text
  }
  return exampleProject(example, files)
}
