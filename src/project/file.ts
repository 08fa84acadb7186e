import { fail, succeed, type Fault, type Outcome } from '../contract/fault.ts'
import { projectLimits } from './limits.ts'
import { parseProject } from './parse.ts'
import type { Project } from './project.ts'
import { projectJson } from './serialize.ts'

/** Bytes of a project file that are read, at most: as its JSON has them, a character takes up to six. */
export const longestProjectFile = 6 * projectLimits.totalCharacters

/** A project as one file, which people may read and edit. What could not be opened again is no copy, and not made. */
export function projectFile(project: Project): Outcome<{ readonly name: string; readonly text: string }> {
  const text = `${projectJson(project, 2)}\n`
  const copy = parseProject(JSON.parse(text))
  if (copy.ok) return succeed({ name: `${project.name}.witcraft.json`, text })
  const message = `Not saved. ${copy.fault.message}`
  return fail({ stage: 'project', message, next: 'Change that, then save again.' })
}

/** The project in a file that somebody chose. */
export function parseProjectFile(name: string, text: string): Outcome<Project> {
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch {
    return fail(noProjectFile(`${name} is not JSON, so it is no project file.`))
  }
  const project = parseProject(input)
  if (project.ok) return project
  return fail({ ...noProjectFile(`${name} does not hold a project.`), detail: project.fault.message })
}

export const noProjectFile = (message: string): Fault => ({
  stage: 'project',
  message,
  next: 'Choose a .json file that Download project gave.',
})
