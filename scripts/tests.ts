// npm test, after setup: everything, and a count at the end.
import { browserTests, checks, command, conformance, runSteps } from './checks.ts'

await runSteps([
  [command('build', 'npm run --silent build')],
  checks,
  [command('differential fuzzing', 'npm run --silent fuzz -- --worlds 500 --calls 20000')],
  [{ name: 'conformance', run: conformance }],
  [{ name: 'browser tests', run: browserTests }],
])
