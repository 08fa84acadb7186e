import type { Plugin } from 'vite'

const entry = /\/src\/ui\/editor\/editors\.ts$/

/**
 * Names the scripts of the editors in the built index.html: the page fetches them early and runs them late, and an
 * `import()` would do both at once.
 */
export function editorModules(): Plugin {
  return {
    name: 'witcraft:editor-modules',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((each) => each.type === 'chunk')
        const editors = chunks.find(({ moduleIds }) => moduleIds.some((id) => entry.test(id)))
        if (!editors) this.error('no chunk holds src/ui/editor/editors.ts')
        const files = new Set([editors.fileName])
        for (const file of files)
          for (const next of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) files.add(next)
        const own = chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName)
        const content = [...files].filter((file) => !own.includes(file)).map((file) => `./${file}`)
        return [{ tag: 'meta', attrs: { name: 'editor-modules', content: content.join(' ') }, injectTo: 'head' }]
      },
    },
  }
}
