import { readFile } from 'node:fs/promises'
import { exampleProject, type Example } from './example.ts'
import type { Project } from '../project.ts'

/** In Node, for scripts and tests: the project of an example, read from its folder. */
export async function readExample(example: Example): Promise<Project> {
  const files: Record<string, string> = {}
  for (const path of example.files) {
    files[path] = await readFile(new URL(`./${example.id}/${path}`, import.meta.url), 'utf8')
  }
  return exampleProject(example, files)
}
