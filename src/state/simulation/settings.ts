import type { Project, ProjectWasi } from '../../project/project.ts'
import { decide, type Decision } from '../../wasi/policy.ts'
import { changeProject, type Context } from '../context.ts'
import type { NoticeActions } from '../notices.ts'
import { takenBack } from './taken-back.ts'
import { stay, tabsAfter, type MovePlace } from './world-tabs.ts'

/** A field that is undefined, or empty, falls back on its default. */
export type WasiPatch = { readonly [K in keyof ProjectWasi]?: ProjectWasi[K] | undefined }

/** What changes the simulated world of the next run. */
export interface WorldSettings {
  /**
   * `said`: tells of the change, which can then be taken back. `move`: where files of the directories are now that have
   * another place; tabs of those that are gone close.
   */
  setWasi(patch: WasiPatch, said?: string, move?: MovePlace): void
  /** For a package, an interface or a function, without version; what is more specific goes with it. */
  setPolicy(name: string, decision: Decision): void
}

export function createWorldSettings(context: Context, notices: Pick<NoticeActions, 'say'>): WorldSettings {
  const { get } = context

  function setWasi(patch: WasiPatch, said?: string, move: MovePlace = stay): void {
    const { project } = get()
    const next = withWasi(project, patch)
    if (next === project) return
    changeProject(context, next, tabsAfter(get(), next.wasi?.dirs, move))
    if (said === undefined) return
    const names = Object.keys(patch) as readonly (keyof ProjectWasi)[]
    notices.say(said, {
      label: 'Undo',
      run() {
        const now = get().project.wasi
        const left = names.map((name) => {
          const values = [project.wasi?.[name], next.wasi?.[name], now?.[name]] as const
          return [name, takenBack(...values, name === 'dirs' ? isBytes : undefined)]
        })
        setWasi(Object.fromEntries(left))
      },
    })
  }

  return {
    setWasi,
    setPolicy(name, decision) {
      setWasi({ policy: decide(get().project.wasi?.policy ?? {}, name, decision) })
    },
  }
}

/** A file of the directories that is no text. */
const isBytes = ({ base64, ...rest }: Readonly<Record<string, unknown>>): boolean =>
  typeof base64 === 'string' && Object.keys(rest).length === 0

/** Every setting has a default, which is not written down. The same project where nothing changes. */
function withWasi(project: Project, patch: WasiPatch): Project {
  const { wasi: was = {}, ...rest } = project
  const kept: ProjectWasi = Object.fromEntries(
    Object.entries<unknown>({ ...was, ...patch }).filter(([name, value]) => !isEmpty(name, value)),
  )
  const names = Object.keys({ ...was, ...patch }) as readonly (keyof ProjectWasi)[]
  if (names.every((name) => kept[name] === was[name])) return project
  return Object.keys(kept).length === 0 ? rest : { ...rest, wasi: kept }
}

/** An input that ends at once is another one than none that was chosen. */
const isEmpty = (name: string, value: unknown): boolean =>
  value === undefined ||
  (value === '' && name !== 'stdin') ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
