/** The files of all examples (about 10 KB), by address: `./hello/main.ts`; and their settings. */
export { examples } from './index.ts'

export const texts: Readonly<Record<string, string>> = import.meta.glob(['./*/**/*.wit', './*/**/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
