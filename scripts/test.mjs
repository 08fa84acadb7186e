// npm test: from a fresh clone to a count. Installs what is missing (a browser too) and hands over to tests.ts.
import { assertNode, ensureBrowser, ensureDependencies, run } from './setup.mjs'

assertNode()
ensureDependencies()
const browser = ensureBrowser()
process.exit(
  run('npx', ['tsx', 'scripts/tests.ts', ...process.argv.slice(2)], {
    env: { ...process.env, CHROMIUM_PATH: browser },
  }),
)
