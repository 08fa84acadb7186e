import type { Workbench } from '../../../state/store.ts'
import { emptyDraft, requestOf } from './draft.ts'

/** Run, of a world that answers requests: sends what is written in the HTTP panel, and shows what comes. */
export async function sendFirst({ store, actions, simulation }: Workbench): Promise<void> {
  // The WIT itself: what is known of the world may be that of the project before.
  const texts = Object.values(store.getState().project.files)
  if (texts.some((text) => text.includes('export wasi:cli/run'))) return void actions.run()
  actions.setLayout({ sideTab: 'http', sideOpen: true })
  actions.setShell({ view: 'http', filesOver: false })
  const { http } = await simulation()
  await http.send(requestOf(store.getState().simulation.http?.draft ?? emptyDraft))
}
