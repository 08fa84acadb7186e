// A query of the build: the URL of that entry as one classic script.
// oxlint-disable-next-line import/default
import guestWorkerUrl from './guest-worker.ts?iife-url'
import { createRunner } from './runner/create-runner.ts'
import { createBrowserToolchain } from './toolchain/browser.ts'

/** What builds and runs, as one part of the page that comes after what people see first. */
export const toolchain = createBrowserToolchain()
export const runner = createRunner({ workerSource: () => fetchText(guestWorkerUrl) })

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.text()
}
