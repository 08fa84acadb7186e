import { loadExample } from './project/examples/load.ts'
import type { Services } from './state/services.ts'
import { FakeRunner, FakeToolchain } from './state/testing/fakes.ts'
import { checkWit } from './wit-check.ts'

const preferencesKey = 'witcraft.preferences'

/** The services of the page. Nothing is fetched or started before somebody needs it. */
export function createServices(): Services {
  return {
    toolchain: new FakeToolchain(),
    runner: new FakeRunner(),
    checkWit,
    loadExample,
    saveFile(name, bytes) {
      const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/wasm' }))
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      // The download has its own reference by then.
      setTimeout(() => URL.revokeObjectURL(url), 10_000)
    },
    storage: {
      read: () => readStorage(),
      write: (text) => writeStorage(text),
    },
    nextFrame: (draw) => void requestAnimationFrame(draw),
    now: () => performance.now(),
  }
}

/** Storage may be forbidden or full; preferences are not worth a failure. */
function readStorage(): string | null {
  try {
    return localStorage.getItem(preferencesKey)
  } catch {
    return null
  }
}

function writeStorage(text: string): void {
  try {
    localStorage.setItem(preferencesKey, text)
  } catch {
    // The choice holds until the page is closed.
  }
}
