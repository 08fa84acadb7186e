import type { Fault, Outcome } from '../contract/fault.ts'
import type { DeclaredWorld } from '../toolchain/engine.ts'
import type { CallOptions } from '../toolchain/toolchain.ts'
import { setDiagnostics, asError, shownProgress, type Context } from './context.ts'
import type { Project } from '../project/project.ts'
import { sourceFiles, witFiles, worldInput, worldKey, witTexts } from './selectors.ts'
import type { WitCheck } from './services.ts'

/** A keystroke that is followed by another one within this time is not worth a preparation. Milliseconds. */
const pause = 150

export interface Worlds {
  /** Checks the WIT now. Says whether the world can be prepared. */
  check(): Promise<boolean>
  /** After a change of the WIT: checks soon, and then prepares the world for the types in the editor and the call form. */
  refreshSoon(): void
  refresh(): Promise<void>
  /** Another project is there: checks it, and prepares its world where `follow` was called. */
  open(): void
  /** From now on the world of a project is prepared as soon as the project is open. */
  follow(): void
  /** Somebody works with the project: from now on its world may cost a download, and not only what is kept of it. */
  want(): void
  /** The same, and now. Done when the world is shown, or cannot be. */
  prepare(): Promise<void>
}

/** Keeps what is known of the project's world (diagnostics, types, exports) in step with its WIT. */
export function createWorlds(context: Context): Worlds {
  const { get, set, services } = context
  let timer: ReturnType<typeof setTimeout> | undefined
  let controller = new AbortController()
  let following = false
  let wanted = false
  const progress = shownProgress(context)
  /** The world that was prepared last, and not only declared. */
  let whole: string | undefined

  let checked: { readonly files: Project['files']; readonly result: Promise<WitCheck> } | undefined

  async function check(): Promise<boolean> {
    const { project } = get()
    const { files } = project
    // An edit of the source makes new files, but leaves every WIT text as it was.
    const paths = witFiles(project)
    const same = checked && paths.length === witFiles({ ...project, files: checked.files }).length
    if (!checked || !same || paths.some((path) => checked?.files[path] !== files[path])) {
      checked = { files, result: services.checkWit(witTexts(project)) }
    }
    const current = checked
    const found = await current.result.catch(() => undefined)
    const { diagnostics, worlds, outlines } = found ?? { ...get(), diagnostics: [asError(uncheckable)] }
    if (checked === current) {
      setDiagnostics(context, 'wit', diagnostics)
      if (worlds.join() !== get().worlds.join()) set({ worlds })
      if (outlines !== get().outlines) set({ outlines })
      // The next check fetches the checker again.
      if (!found) checked = undefined
    }
    return diagnostics.every((each) => each.severity !== 'error')
  }

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    controller.abort()
    progress.clear()
    const current = new AbortController()
    controller = current
    if (!(await check())) {
      // What could not be prepared was another text.
      if (!current.signal.aborted) setDiagnostics(context, 'world', [])
      return
    }
    if (current.signal.aborted) return
    const { project } = get()
    if (witFiles(project).length === 0 || sourceFiles(project).length === 0) return
    const input = worldInput(get(), 'base')
    const key = worldKey(input)
    if (get().prepared?.key === key && whole === key) {
      // An edit that could not be prepared was undone.
      setDiagnostics(context, 'world', [])
      return
    }

    const { signal } = current
    const show = ({ world, guestTypes }: DeclaredWorld): void => {
      // A run may have shown it meanwhile.
      if (get().prepared?.key !== key) set({ prepared: { key, world, guestTypes } })
    }
    /** Whether to go on: a newer edit does so itself, and what cannot be declared cannot be prepared either. */
    const tell = (outcome: Outcome<DeclaredWorld>): boolean => {
      if (signal.aborted) return false
      setDiagnostics(context, 'world', outcome.ok ? [] : [asError(outcome.fault)])
      if (outcome.ok) show(outcome.value)
      return outcome.ok
    }
    const options: CallOptions = {
      signal,
      // A run reports its own progress; this work is in the background.
      onProgress: (latest) => {
        if (!signal.aborted && get().run.status !== 'building') progress.show(latest)
      },
    }

    const prepareWhole = async (): Promise<void> => {
      if (tell(await services.toolchain.prepare(input, options))) whole = key
      if (!signal.aborted) progress.clear()
    }

    const kept = await services.toolchain.prepare(input, { signal, onlyKept: true })
    if (signal.aborted) return
    if (kept.ok) {
      whole = key
      return void tell(kept)
    }
    if (!wanted) return
    // Who writes has the types long before the whole, which is for the next run. A run of this text brings them itself.
    const { prepared, run, revision } = get()
    const comes = prepared?.key === key || (run.status === 'building' && run.revision === revision)
    if (comes || tell(await services.toolchain.declare(input, options))) void prepareWhole()
    else if (!signal.aborted) progress.clear()
  }

  return {
    check,
    refresh,
    refreshSoon() {
      wanted = true
      clearTimeout(timer)
      timer = setTimeout(() => void refresh(), pause)
    },
    open() {
      controller.abort()
      progress.clear()
      checked = undefined
      void (following ? refresh() : check())
    },
    follow() {
      if (following) return
      following = true
      // Where a link could not be opened there is no project, and nothing to say about its WIT.
      if (get().opened > 0) void refresh()
    },
    want() {
      if (wanted) return
      wanted = true
      if (following && get().prepared === undefined) void refresh()
    },
    prepare() {
      wanted = true
      return refresh()
    },
  }
}

const uncheckable: Fault = {
  stage: 'load',
  message: 'The WIT was not checked: a part of the page could not be loaded.',
  next: 'Check the connection and run again, or reload the page where it was updated meanwhile.',
}
