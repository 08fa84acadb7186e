import type { Diagnostic } from '../../contract/fault.ts'
import { importedBy, importName } from '../../state/imported.ts'
import { sourceFiles, witTexts, worldName } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import type { Workbench } from '../../state/store.ts'
import { usesStore, type HostUse } from '../uses-store.ts'
import type { FoundUse } from './host-uses.ts'
import { importFix } from './import-fix.ts'
import { uriOf } from './models.ts'
import { monaco } from './monaco.ts'
import { guestWorker } from './typescript-client.ts'

/** A keystroke that is followed by another one within this time is not worth a question. Milliseconds. */
const pause = 500
/** After the page opened: the editor comes first. Milliseconds. */
const headStart = 2500
/** More than people write by hand. */
const mostFiles = 64

/**
 * Says after each pause in typing where the code reaches out of the component through an interface that the world does
 * not import. A run would say it too, but only where it comes by.
 */
export function watchUses(
  { store, importEdit }: Workbench,
  onProblems: (problems: readonly Diagnostic[]) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const openedAt = performance.now()

  async function check(): Promise<void> {
    const question = ++asked
    const state = store.getState()
    const found = await foundIn(state)
    const { uses, problems } = await toldOf(state, found, importEdit)
    if (question !== asked) return
    usesStore.setState({ opened: state.opened, uses })
    onProblems(problems)
  }
  function soon(): void {
    clearTimeout(timer)
    // An answer that is on its way is about what is there no more.
    asked++
    const rest = headStart - (performance.now() - openedAt)
    timer = setTimeout(() => void check().catch(() => {}), Math.max(pause, rest))
  }

  store.subscribe((state, before) => {
    if (state.opened !== before.opened) onProblems([])
    const { project, prepared, outlines } = state
    if (project !== before.project || prepared !== before.prepared || outlines !== before.outlines) soon()
  })
  soon()
}

type Found = readonly (readonly [file: string, uses: readonly FoundUse[]])[]

/** What comes later for it comes where there is something to say. */
async function toldOf(
  state: State,
  found: Found,
  importEdit: Workbench['importEdit'],
): Promise<{ readonly uses: readonly HostUse[]; readonly problems: readonly Diagnostic[] }> {
  if (found.every(([, uses]) => uses.length === 0)) return { uses: [], problems: [] }
  const { lacksOf, usesOf } = await import('./host-lacks.ts')
  const uses = found.flatMap(([file, each]) => usesOf(file, each))
  const name = worldName(state)
  const imported = importedBy(state)
  const broken = state.diagnostics.wit.some(({ severity }) => severity === 'error')
  if (name === undefined || imported === undefined || broken) return { uses, problems: [] }
  const world = { imported, versioned: (each: string) => importName(state, each) }
  const lacks = found.flatMap(([file, each]) => lacksOf(file, each, world))
  if (lacks.length === 0) return { uses, problems: [] }
  const wit = witTexts(state.project)
  const problems = lacks.map(async ({ full, problem }) => {
    const edit = await importEdit(wit, name, full)
    const before = edit && wit[edit.path]
    return edit && before !== undefined ? { ...problem, fixes: [importFix(before, edit, full)] } : problem
  })
  return { uses, problems: await Promise.all(problems) }
}

async function foundIn(state: State): Promise<Found> {
  const files = sourceFiles(state.project)
    .slice(0, mostFiles)
    .filter((file) => monaco.editor.getModel(uriOf(file))?.getLanguageId() === 'typescript')
  return Promise.all(
    files.map(async (file) => {
      const uri = uriOf(file)
      return [file, (await (await guestWorker(uri)).hostUses(uri.toString())) ?? []] as const
    }),
  )
}
