import { projectLimits } from '../project/limits.ts'
import type { Project } from '../project/project.ts'

/** Where an action cannot be done it changes nothing and gives the reason, in words for the place where it was asked. */
export type Refusal = string | undefined

export const has = ({ files, binaries }: Project, path: string): boolean =>
  Object.hasOwn(files, path) || Object.hasOwn(binaries ?? {}, path)

export const tooMany = (count: number): Refusal =>
  count > projectLimits.files ? `A project holds ${projectLimits.files} files at most.` : undefined

export function withEntry(project: Project, path: string, text: string | undefined, base64?: string): Project {
  if (text !== undefined) {
    return { ...project, files: Object.assign(Object.create(null), project.files, { [path]: text }) }
  }
  if (base64 === undefined) return project
  return { ...project, binaries: Object.assign(Object.create(null), project.binaries, { [path]: base64 }) }
}
