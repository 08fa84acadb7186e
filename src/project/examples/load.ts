import { exampleProject, examples } from './index.ts'
import type { Project } from '../project.ts'

/** In the page: the files of all examples are part of the program (about 10 KB), so that opening one never waits. */
const texts: Record<string, string> = import.meta.glob(['./*/**/*.wit', './*/**/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** The project of an example, or `undefined` where there is none of that name. */
export function loadExample(id: string): Project | undefined {
  const example = examples.find((one) => one.id === id)
  if (!example) return undefined
  const files: Record<string, string> = Object.create(null)
  for (const path of example.files) files[path] = texts[`./${id}/${path}`] ?? ''
  return exampleProject(example, files)
}
