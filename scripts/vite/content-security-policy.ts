import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** The policy of the page. Guest code never runs under it: the sandbox frame has its own document and its own policy. */
const policy: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'", 'blob:'],
  // Monaco writes style elements and attributes at run time.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'frame-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
}

/** What Vite's development server adds to the page: an inline script for hot reload and a socket to the server. */
const developmentExtras: Readonly<Record<string, readonly string[]>> = {
  'script-src': ["'unsafe-inline'"],
  'connect-src': ['ws:'],
}

/** Puts the policy at the head of every page, before anything that it governs. */
export function contentSecurityPolicy(): Plugin {
  let added: (html: string) => Readonly<Record<string, readonly string[]>> = () => ({})
  return {
    name: 'witcraft:content-security-policy',
    configResolved({ command }) {
      // Where a hash is named, 'unsafe-inline' no longer counts.
      added = command === 'build' ? (html) => ({ 'script-src': inlineHashes(html) }) : () => developmentExtras
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const extras = added(html)
        const content = Object.entries(policy)
          .map(([directive, sources]) => [directive, ...sources, ...(extras[directive] ?? [])].join(' '))
          .join('; ')
        const meta = `<meta http-equiv="Content-Security-Policy" content="${content}" />`
        const charset = /<meta charset="[^"]*"\s*\/?>/
        if (!charset.test(html)) throw new Error('A page must start its head with <meta charset>')
        return html.replace(charset, (found) => `${found}\n    ${meta}`)
      },
    },
  }
}

/** The page's own scripts that stand in it, by what they say: no other text runs. */
function inlineHashes(html: string): string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
}
