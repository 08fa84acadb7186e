import type { Plugin } from 'vite'

const unwanted = /monaco-editor\/esm\/vs\/(?:languages\/features|language)\/(?:css|html|json)\//

/** Stops a build that would ship the editor's CSS, HTML or JSON language services: 443 kB that no file here uses. */
export function editorWeight(): Plugin {
  return {
    name: 'witcraft:editor-weight',
    apply: 'build',
    load(id) {
      if (unwanted.test(id)) {
        this.error(
          `${id} would be shipped; import Monaco's editor API and single features instead of the whole package`,
        )
      }
      return undefined
    },
  }
}
