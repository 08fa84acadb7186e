import type { Plugin } from 'vite'

const unwanted = /monaco-editor\/esm\/vs\/(?:languages\/features|language)\/(?:css|html|json)\//
const workerManager = /monaco-editor\/esm\/vs\/languages\/features\/typescript\/workerManager\.js$/
const defaultWorker = /new Worker\(new URL\('ts\.worker\.js', import\.meta\.url\), \{ type: "module" \}\)/

/**
 * Keeps what the page does not use out of a build: Monaco's language services for CSS, HTML and JSON (443 kB compressed;
 * importing one stops the build), and a second copy of the TypeScript worker, which Monaco would start if the page did
 * not say how (1 MB).
 */
export function editorWeight(): Plugin {
  return {
    name: 'witcraft:editor-weight',
    apply: 'build',
    load: {
      filter: { id: unwanted },
      handler(id) {
        this.error(`${id} would be shipped; import Monaco's editor API and single features, not the whole package`)
      },
    },
    transform: {
      filter: { id: workerManager },
      handler(code, id) {
        if (!defaultWorker.test(code))
          this.error(`${id} starts its worker in a new way; the copy of it is shipped again`)
        return { code: code.replace(defaultWorker, 'undefined'), map: null }
      },
    },
  }
}
