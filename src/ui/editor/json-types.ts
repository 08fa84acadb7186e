import type { Project } from '../../project/project.ts'
import { uriOf } from './models.ts'

const jsonFiles = ({ files }: Project): string[] => Object.keys(files).filter((path) => path.endsWith('.json'))

export const jsonChanged = (is: Project, was: Project): boolean =>
  is.files !== was.files && [...jsonFiles(is), ...jsonFiles(was)].some((path) => is.files[path] !== was.files[path])

/** A longer one is not worth the time to find its type. Characters. */
const longestTypedJson = 64 * 1024

/** What an import of a JSON file gives: without a language service of its own for JSON, a module that holds the text. */
export const jsonTypes = (project: Project): { filePath: string; content: string }[] =>
  jsonFiles(project).map((path) => {
    const text = project.files[path] ?? ''
    const typed = text.length <= longestTypedJson && jsonErrorFree(text)
    return {
      filePath: `${uriOf(path).toString()}.ts`,
      content: typed ? `export default (${text})` : 'const value: any = undefined\nexport default value',
    }
  })

function jsonErrorFree(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
