import type { Project, ProjectWasi } from '../../project/project.ts'
import { decide, type Decision } from '../../wasi/policy.ts'
import { changeProject, type Context } from '../context.ts'
import type { NoticeActions } from '../notices.ts'

/** A field that is undefined, or empty, falls back on its default. */
export type WasiPatch = { readonly [K in keyof ProjectWasi]?: ProjectWasi[K] | undefined }

/** What changes the simulated world of the next run. */
export interface WorldSettings {
  /** `said`: tells of the change, which can then be taken back. */
  setWasi(patch: WasiPatch, said?: string): void
  /** For a package, an interface or a function, without version; what is more specific goes with it. */
  setPolicy(name: string, decision: Decision): void
}

export function createWorldSettings(context: Context, notices: Pick<NoticeActions, 'say'>): WorldSettings {
  const { get } = context

  function setWasi(patch: WasiPatch, said?: string): void {
    const { project } = get()
    const before: WasiPatch = project.wasi ?? {}
    const next = withWasi(project, patch)
    if (next === project) return
    changeProject(context, next)
    if (said === undefined) return
    const names = Object.keys(patch)
    const left = { ...Object.fromEntries(names.map((name) => [name, undefined])), ...only(before, names) }
    notices.say(said, { label: 'Undo', run: () => setWasi(left) })
  }

  return {
    setWasi,
    setPolicy(name, decision) {
      setWasi({ policy: decide(get().project.wasi?.policy ?? {}, name, decision) })
    },
  }
}

const only = (wasi: WasiPatch, names: readonly string[]): WasiPatch =>
  Object.fromEntries(Object.entries(wasi).filter(([name]) => names.includes(name)))

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
