import { answersRequests } from '../state/selectors.ts'
import type { Workbench } from '../state/store.ts'
import { withValidCall } from './valid-call.ts'

/** What Run does, wherever it is pressed: makes the call that is shown, or sends the request that is written. */
export const runProject = (workbench: Workbench): void =>
  withValidCall(workbench, () => void (answersRequests(workbench.store.getState()) ? send : run)(workbench), true)

const run = ({ actions }: Workbench): unknown => actions.run()

/** Where the code for it does not arrive, the run says what the world has instead of a program. */
const send = (workbench: Workbench): Promise<unknown> =>
  import('./panels/http/send-first.ts').then(
    ({ sendFirst }) => sendFirst(workbench),
    () => run(workbench),
  )
