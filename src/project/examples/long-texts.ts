/** The files of the examples that are long: `./http-client/main.ts`. */
export const texts: Readonly<Record<string, string>> = import.meta.glob(
  ['./{config,dice,waits,http-*}/**/*.wit', './{config,dice,waits,http-*}/**/*.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)
