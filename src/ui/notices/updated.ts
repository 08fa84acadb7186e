import { defaultExample } from '../../project/examples/titles.ts'
import type { Workbench } from '../../state/store.ts'
import type { State } from '../../state/state.ts'

/**
 * A page that is open while the server gets another version asks for parts that are no longer there. Whatever failed to
 * load, this looks whether that is why, says so, and reloads on demand with the project in the address.
 */
export function watchForUpdate(workbench: Workbench): () => void {
  const { store, actions } = workbench
  const entry = document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? ''
  let looking = false

  async function look(): Promise<void> {
    if (looking || store.getState().notices.some(({ text }) => text === updated)) return
    looking = true
    const page = await freshPage()
    looking = false
    if (isAnotherVersion(page, entry)) {
      actions.say(updated, { label: 'Reload', goesOn: true, run: () => void reload(workbench) })
    }
  }

  const onFailure = (): void => void look()
  // The bundler tells of every part of the page that could not be imported.
  window.addEventListener('vite:preloadError', onFailure)
  // What is fetched in another way, or by a worker, ends in a fault.
  const end = store.subscribe((state, before) => {
    if (state.diagnostics === before.diagnostics && state.arrival === before.arrival) return
    if (hasLoadFault(state) && !hasLoadFault(before)) onFailure()
  })
  return () => {
    window.removeEventListener('vite:preloadError', onFailure)
    end()
  }
}

const updated =
  'Witcraft was updated after this page opened, so a part of it cannot be loaded. Reload to get the new version: your project comes along in the address.'

/** Whether a page that was fetched now is made of other scripts than the one that is open. */
export const isAnotherVersion = (html: string, entry: string): boolean =>
  /<script[^>]+type="module"/.test(html) && !html.includes(entry)

/** The page as the server has it now; empty where it cannot be had. */
async function freshPage(): Promise<string> {
  try {
    const response = await fetch(location.pathname, { cache: 'no-store' })
    return response.ok ? await response.text() : ''
  } catch {
    return ''
  }
}

const hasLoadFault = ({ diagnostics, arrival }: Pick<State, 'diagnostics' | 'arrival'>): boolean =>
  (arrival?.status === 'refused' && arrival.fault.stage === 'load') ||
  Object.values(diagnostics).some((items) => items.some(({ stage }) => stage === 'load'))

async function reload({ store, actions }: Workbench): Promise<void> {
  const { example, pristine } = store.getState()
  // What the page opens with anyway needs no link.
  if (!pristine || example !== defaultExample) {
    const link = await actions.shareLink()
    if (!link.ok) {
      actions.say(`${link.fault.message} Download the project before you reload the page.`, {
        label: 'Download project',
        goesOn: true,
        run: () => void actions.downloadProject(),
      })
      return
    }
    actions.keepLink(link.value)
  }
  location.reload()
}
