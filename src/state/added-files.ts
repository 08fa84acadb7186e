import { projectLimits } from '../project/limits.ts'
import { baseOf, isWit, pathProblem } from '../project/paths.ts'
import type { Project } from '../project/project.ts'
import { changeProject, type Context } from './context.ts'
import { has, tooMany, withEntry, type Refusal } from './entries.ts'
import { readIncoming, type IncomingFile } from './incoming-files.ts'
import type { Notices } from './notices.ts'
import { projectPaths } from './selectors.ts'
import { withShown } from './tabs.ts'
import type { Worlds } from './worlds.ts'

interface Neighbours {
  readonly worlds: Pick<Worlds, 'refreshSoon'>
  readonly notices: Notices
}

/** Puts files from outside into a folder; of the same name, they replace what was there. */
export async function addFiles(
  context: Context,
  { worlds, notices }: Neighbours,
  files: readonly IncomingFile[],
  folder: string,
): Promise<void> {
  const { get } = context
  const { opened } = get()
  const { accepted, refused } = await readIncoming(files, folder)
  if (get().opened !== opened) return
  const before = get()
  let { project } = before
  const added: string[] = []
  for (const { path, text, base64 } of accepted) {
    const others = projectPaths(project).filter((each) => each !== path)
    const problem =
      pathProblem(path, others) ?? tooMany(others.length + 1) ?? tooLarge(project, path, (text ?? base64 ?? '').length)
    if (problem !== undefined) {
      refused.push(`${path} was left out. ${problem}`)
      continue
    }
    project = withEntry(project, path, text, base64)
    added.push(path)
  }
  const replaced = added.filter((path) => has(before.project, path))
  const [first] = added.filter((path) => Object.hasOwn(project.files, path))
  if (added.length > 0) changeProject(context, project, first === undefined ? {} : withShown(get(), first))
  if (added.some(isWit)) worlds.refreshSoon()
  for (const text of summaries(refused)) notices.say(text)
  if (replaced.length === 0) return
  notices.say(`Replaced ${listed(replaced)}.`, {
    label: 'Undo',
    run: () => {
      let { project: restored } = get()
      const isAsAdded = (path: string): boolean => contentOf(restored, path) === contentOf(project, path)
      const edited = replaced.filter((path) => !isAsAdded(path))
      for (const path of replaced.filter(isAsAdded)) {
        restored = withEntry(restored, path, before.project.files[path], before.project.binaries?.[path])
      }
      if (edited.length < replaced.length) changeProject(context, restored)
      if (replaced.some(isWit)) worlds.refreshSoon()
      if (edited.length > 0) notices.say(`Left as edited since: ${listed(edited)}.`)
    },
  })
}

const contentOf = ({ files, binaries }: Project, path: string): string | undefined => files[path] ?? binaries?.[path]

/** What could not be opened again is not taken in. */
function tooLarge({ files, binaries }: Project, replaced: string, added: number): Refusal {
  const entries = [...Object.entries(files), ...Object.entries(binaries ?? {})]
  const total = entries.reduce((sum, [path, text]) => (path === replaced ? sum : sum + text.length), added)
  return total > projectLimits.totalCharacters
    ? `A project holds ${projectLimits.totalCharacters / 1024 / 1024} MiB at most.`
    : undefined
}

const listed = (paths: readonly string[]): string =>
  paths.length > 3 ? `${paths.length} files` : paths.map(baseOf).join(', ')

const summaries = (refused: readonly string[]): readonly string[] =>
  refused.length > 2 ? [`${refused.length} files were left out. ${refused[0] ?? ''}`] : refused
