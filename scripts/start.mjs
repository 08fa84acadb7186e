// npm start: from a fresh clone to a page that works. Installs what is missing, builds what changed, serves it.
import { assertNode, ensureDependencies, mustRun } from './setup.mjs'

assertNode()
ensureDependencies()
mustRun('npm', ['run', '--silent', 'build', '--', '--if-changed'])
mustRun('npm', ['run', '--silent', 'serve', '--', ...process.argv.slice(2)])
