import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { runnerImport, type Plugin } from 'vite'
import { root } from '../setup.mjs'

const place = '<div id="root"></div>'

/** Style sheets say nothing to components. */
const withoutStyles: Plugin = {
  name: 'witcraft:without-styles',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.css') ? '\0no-style' : null),
  load: (id) => (id === '\0no-style' ? '' : null),
}

/**
 * Puts the page as it is opened into the built index.html, drawn by its own components, and the style sheet that it needs
 * beside it: the first paint takes one answer of the server.
 */
export function prerenderedShell(): Plugin {
  return {
    name: 'witcraft:prerendered-shell',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        if (!html.includes(place)) this.error(`index.html does not contain ${place}`)
        const { module } = await runnerImport<{ prerender: () => string }>(join(root, 'src/prerender.tsx'), {
          root,
          configFile: false,
          logLevel: 'error',
          plugins: [react(), withoutStyles],
        })
        const styled = html.replace(/<link rel="stylesheet"[^>]*href="\.\/([^"]+)"[^>]*>/g, (_, file: string) => {
          const asset = bundle?.[file]
          if (asset?.type !== 'asset') this.error(`${file} is linked and was not built`)
          const css = String(asset.source)
          // They would be looked up beside the page, not beside the style sheet.
          if (/url\((?!["']?data:)/.test(css)) this.error(`${file} refers to another file by a relative address`)
          return `<style>${css}</style>`
        })
        return styled.replace(place, () => `<div id="root">${module.prerender()}</div>`)
      },
    },
  }
}
