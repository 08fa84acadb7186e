import type { Fault, Outcome } from '../contract/fault.ts'
import { fail, succeed } from '../contract/fault.ts'
import type { Project } from '../project/project.ts'
import type { LinkTarget } from '../project/share/link.ts'
import type { Context } from './context.ts'
import type { Files } from './files.ts'
import type { Notices } from './notices.ts'
import type { Openings } from './openings.ts'
import type { Projects } from './projects.ts'
import { namedCall } from './saved-calls.ts'
import { usesHandle, worldName } from './selectors.ts'
import type { ArrivalOrigin, State } from './state.ts'

/** A file of the user's machine, as the page's `File` is one. */
export interface ChosenFile {
  readonly name: string
  readonly size: number
  text(): Promise<string>
}

export interface Sharing {
  /**
   * Opens the project in a fragment of the page's address, and shows the place that it names. Opening never runs. Where
   * there is none, says so and leaves the open project alone. Gives whether it was opened.
   */
  openLink(hash: string): Promise<boolean>
  /** The address that opens the project as it is now. Nothing is sent anywhere. */
  shareLink(target?: LinkTarget): Promise<Outcome<string>>
  /** Puts such an address into the address bar, so that reloading and bookmarks bring the project back. */
  keepLink(link: string): void
  /** Hands the project to the user as one file. */
  downloadProject(): Promise<void>
  /** Opens a project file. Opening never runs. Gives whether it was opened. */
  openProjectFile(file: ChosenFile): Promise<boolean>
  dismissArrival(): void
}

interface Neighbours extends Pick<Projects & Files, 'openProject' | 'markSaved' | 'goTo' | 'showFile'> {
  readonly notices: Notices
  readonly openings: Openings
}

/** `projectOpened`: to be called with every project that opens, whoever opens it. */
export function createSharing(
  { get, set, services }: Context,
  { openProject, markSaved, goTo, showFile, notices, openings }: Neighbours,
): Sharing & { projectOpened(): void } {
  const { address } = services
  let arriving = false
  /** The last link, and the project that is in it. */
  let linked: { readonly link: string; readonly project: Project } | undefined

  function open(project: Project, from: ArrivalOrigin, { file, line, panel }: LinkTarget = {}): void {
    arriving = true
    openProject(project)
    arriving = false
    set({ arrival: { status: 'opened', from, ...(panel === undefined ? {} : { panel }) } })
    if (file === undefined || !Object.hasOwn(project.files, file)) return
    if (line === undefined) showFile(file)
    else goTo({ file, line, column: 1 })
  }

  const refuse = (from: ArrivalOrigin, fault: Fault): void => set({ arrival: { status: 'refused', from, fault } })

  return {
    async openLink(hash) {
      const isNewest = openings.begin()
      set({ arrival: { status: 'opening' } })
      const parts = await exchange()
      const link = parts.ok ? await parts.value.decodeLink(hash) : parts
      if (!isNewest()) return false
      if (!link.ok) refuse('link', link.fault)
      else open(link.value.project, 'link', link.value.target)
      return link.ok
    },
    async shareLink(target) {
      const parts = await exchange()
      if (!parts.ok) return parts
      const state = get()
      const fragment = await parts.value.encodeLink(sharedProject(state), target)
      if (!fragment.ok) return fragment
      const link = address.page() + fragment.value
      linked = { link, project: state.project }
      return succeed(link)
    },
    keepLink(link) {
      address.replaceFragment(link.slice(link.indexOf('#')))
      // What was edited while the link was made is not in it.
      if (linked?.link === link && linked.project === get().project) markSaved()
    },
    async downloadProject() {
      const parts = await exchange()
      const file = parts.ok ? parts.value.projectFile(sharedProject(get())) : parts
      if (!file.ok) return notices.say(`${file.fault.message} ${file.fault.next}`)
      services.saveFile(file.value.name, new TextEncoder().encode(file.value.text), 'application/json')
      markSaved()
    },
    async openProjectFile(file) {
      const isNewest = openings.begin()
      const project = await readProjectFile(file)
      if (!isNewest()) return false
      if (!project.ok) refuse('file', project.fault)
      else {
        address.replaceFragment('')
        open(project.value, 'file')
      }
      return project.ok
    },
    dismissArrival: () => set({ arrival: undefined }),
    projectOpened() {
      if (arriving) return
      // The address would bring back another project than the one that is open.
      if (address.fragment() !== '') address.replaceFragment('')
    },
  }
}

/** The code for it comes with the first project that comes or goes. */
const exchange = (): Promise<Outcome<typeof import('../project/exchange.ts')>> =>
  import('../project/exchange.ts').then(succeed, () => fail(notLoaded))

const notLoaded: Fault = {
  stage: 'load',
  message: 'The part of the page that reads and writes projects could not be loaded.',
  next: 'Check the connection and try again, or reload the page where it was updated meanwhile.',
}

/** The project with the call of the call line as its first, so that Run does there what it does here. */
function sharedProject(state: Pick<State, 'project' | 'call' | 'worlds'>): Project {
  const { call } = state
  // The world that was chosen may have another name by now, or be gone: then the first is meant, as everywhere.
  const { world, ...rest } = state.project
  const project = world === worldName(state) ? state.project : rest
  // A handle lives in this tab's instance only.
  if (call === '' || usesHandle(call)) return project
  const calls = project.calls ?? []
  const saved = calls.find((each) => namedCall(each).call === call) ?? call
  return { ...project, calls: [saved, ...calls.filter((each) => each !== saved)] }
}

async function readProjectFile(file: ChosenFile): Promise<Outcome<Project>> {
  const parts = await exchange()
  if (!parts.ok) return parts
  const { longestProjectFile, noProjectFile, parseProjectFile } = parts.value
  if (file.size > longestProjectFile) return fail(noProjectFile(`${file.name} is larger than a project may be.`))
  try {
    return parseProjectFile(file.name, await file.text())
  } catch {
    return fail(noProjectFile(`${file.name} could not be read.`))
  }
}
