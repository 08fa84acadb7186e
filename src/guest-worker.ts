import { watchFrame } from './runner/worker/frame-watch.ts'
import './runner/worker/lockdown.ts'
import { serveRuns } from './runner/worker/serve.ts'
import { quickJsGuestEngine } from './toolchain/engines/quickjs/guest.ts'

/** Composition root of the worker in the sandbox: where the runner meets the engines. */
serveRuns({ [quickJsGuestEngine.id]: quickJsGuestEngine }, watchFrame())
