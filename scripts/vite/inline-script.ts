import { join } from 'node:path'
import type { Plugin } from 'vite'
import { root } from '../setup.mjs'
import { bundle } from './classic-script.ts'

const reference = /<script data-inline="([^"]+)"><\/script>/g

/** Puts a script that must run before the page is painted into it, bundled: `<script data-inline="/src/…">`. */
export function inlineScript(): Plugin {
  let minify = false
  return {
    name: 'witcraft:inline-script',
    configResolved({ command }) {
      minify = command === 'build'
    },
    transformIndexHtml: {
      order: 'pre',
      async handler(html, { server }) {
        let inlined = html
        for (const [tag, file = ''] of html.matchAll(reference)) {
          const { code, sources } = await bundle(join(root, file), minify)
          server?.watcher.add([...sources])
          const text = code.trim()
          if (/<\/script|<!--/i.test(text)) throw new Error(`${file} cannot stand in a page`)
          inlined = inlined.replace(tag, () => `<script>${text}</script>`)
        }
        return inlined
      },
    },
  }
}
