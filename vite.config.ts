import react from '@vitejs/plugin-react'
import type { RolldownOptions } from 'rolldown'
import { defineConfig } from 'vite'
import { collectPackages, thirdPartyNotices } from './scripts/notices.ts'
import { classicScript } from './scripts/vite/classic-script.ts'
import { contentSecurityPolicy } from './scripts/vite/content-security-policy.ts'
import { editorModules } from './scripts/vite/editor-modules.ts'
import { editorWeight } from './scripts/vite/editor-weight.ts'
import { pageChunks } from './scripts/vite/page-chunks.ts'
import { inlineScript } from './scripts/vite/inline-script.ts'
import { prerenderedShell } from './scripts/vite/prerendered-shell.ts'

/** jco's modules start with a directive of their own, and read files where they find Node: neither is news. */
const onLog: NonNullable<RolldownOptions['onLog']> = (level, log, defaultHandler) => {
  const known = log.code === 'MODULE_LEVEL_DIRECTIVE' || /externalized for browser.*jco-transpile/.test(log.message)
  if (!known) defaultHandler(level, log)
}

const chunks = pageChunks()

export default defineConfig({
  // Relative, so that a build can be put under any path.
  base: './',
  plugins: [
    react(),
    classicScript(),
    chunks.plugin,
    inlineScript(),
    prerenderedShell(),
    editorModules(),
    contentSecurityPolicy(),
    editorWeight(),
    thirdPartyNotices(),
  ],
  worker: {
    format: 'es',
    plugins: () => [editorWeight(), collectPackages()],
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  // jco's modules find their core modules through `import.meta.url`, which pre-bundling would move.
  optimizeDeps: {
    exclude: ['@bytecodealliance/preview2-shim', 'monaco-editor'],
    // Known before the worker that imports them is first requested; found later, they would reload the page.
    include: [
      'sucrase/dist/HelperManager.js',
      'sucrase/dist/identifyShadowedGlobals.js',
      'sucrase/dist/NameManager.js',
      'sucrase/dist/parser/index.js',
      'sucrase/dist/parser/tokenizer/types.js',
      'sucrase/dist/TokenProcessor.js',
      'sucrase/dist/transformers/RootTransformer.js',
      'sucrase/dist/util/getTSImportedNames.js',
    ],
  },
  build: {
    target: 'es2023',
    sourcemap: true,
    // Everything that is not code is fetched by its own hashed URL; `data:` would not pass `connect-src`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: { index: 'index.html' },
      output: { codeSplitting: { groups: chunks.groups } },
      onLog,
      checks: { pluginTimings: false },
    },
  },
})
