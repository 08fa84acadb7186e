/** The files of all examples but the long ones (about 10 KB), by address: `./hello/main.ts`; and their settings. */
export { examples } from './index.ts'

export const texts: Readonly<Record<string, string>> = import.meta.glob(
  ['./*/**/*.wit', './*/**/*.ts', '!./{config,dice,waits,http-*}/**'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)
