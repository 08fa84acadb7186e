// npm run check: what to run before every commit. Types, lint, format, boundaries, unit tests.
import { checks, command, runSteps } from './checks.ts'

await runSteps([[command('generate', 'npm run --silent generate')], checks])
