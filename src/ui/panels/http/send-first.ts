import type { Workbench } from '../../../state/store.ts'
import { emptyDraft, requestOf } from './draft.ts'

/** Sends what is written in the HTTP panel, and shows what comes. */
export async function sendFirst({ store, actions, simulation }: Workbench): Promise<void> {
  actions.setLayout({ sideTab: 'http', sideOpen: true })
  actions.setShell({ view: 'http', filesOver: false })
  const { http } = await simulation()
  await http.send(requestOf(store.getState().simulation.http?.draft ?? emptyDraft))
}
