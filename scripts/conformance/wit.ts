import { builtinWit } from '../generate/builtin-wit.ts'

const release = '0.2.12'

/** A package file as a nested package, so that one text can hold several. What is gated is there too. */
const nested = (text: string): string =>
  `${text.replace(/@(?:unstable|since)\([^)]*\)/g, '').replace(/^\s*package ([^;]*);/m, 'package $1 {')}\n}\n`

/** Every package of WASI 0.2, to be put behind a world's own package. */
export const wasiPackages = (): string =>
  Object.entries(builtinWit())
    .filter(([id]) => id.endsWith(`@${release}`))
    .map(([, text]) => nested(text))
    .join('')

/** Imports of these interfaces, named without version. */
export const importsOf = (interfaces: Iterable<string>): string =>
  [...interfaces].map((name) => `  import ${name}@${release};\n`).join('')
