import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    pool: 'threads',
    maxWorkers: '100%',
    // One context for all files of a thread: loading the modules for each of them anew took longer than the tests.
    isolate: false,
  },
})
