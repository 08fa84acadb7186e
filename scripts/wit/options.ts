import { parseArgs } from 'node:util'

export interface Options {
  readonly mode: 'check' | 'format' | 'format-check' | 'json' | 'help'
  readonly paths: readonly string[]
  /** The `@unstable` features that are on. */
  readonly features: ReadonlySet<string> | 'all'
}

export const usage = `Checks WIT, formats it, or shows what it resolves to.

  npm run --silent wit -- PATH...                 one line per problem: file:line:column: message
  npm run --silent wit -- --format PATH...        rewrites the files whose form differs, and names them
  npm run --silent wit -- --format --check PATH...   names them only
  npm run --silent wit -- --json PATH...          the resolved packages as JSON

PATH is a file, or a folder: its .wit files are one package, and deps/ in it has the packages that they use. A folder
without WIT files of its own stands for the folders inside it that have some; a folder with a witcraft.json is read as the
project that it is. The packages of WASI 0.2 and 0.3 are always there. Files in deps/ are formatted only where they are
named.

--json writes one object for one PATH that is a package or a file, with all packages of its deps/; an array of such objects
for several PATHs, and for a folder that stands for those inside it, however many they are. Where anything that is read has a
mistake, or a file in deps/ is no WIT (.wasm, .wat), it writes nothing but what is wrong, to the standard error.

  --feature NAME   with --json: keeps what is @unstable(feature = NAME); may be repeated
  --all-features   with --json: keeps all that is @unstable
  --help           this text

Ends with 0 where nothing is wrong, 1 where something is, 2 where it was not asked properly.
`

export type ParsedOptions =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly message: string }

const refuse = (message: string): ParsedOptions => ({ ok: false, message })

export function parseOptions(args: readonly string[]): ParsedOptions {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        feature: { type: 'string', multiple: true, default: [] },
        'all-features': { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    // `parseArgs` throws for unknown options and missing values; its first sentence says which.
    return refuse(error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error))
  }
  const { values, positionals: paths } = parsed
  const features = values['all-features'] ? 'all' : new Set(values.feature)
  if (values.help) return { ok: true, options: { mode: 'help', paths, features } }
  if (values.format && values.json) return refuse('--format and --json do not go together.')
  if (values.check && !values.format)
    return refuse('--check goes with --format: without it, nothing is written anyway.')
  if (!values.json && (features === 'all' || features.size > 0)) return refuse('--feature goes with --json.')
  if (paths.length === 0) return refuse('Name a file or a folder with WIT.')
  const mode = values.json ? 'json' : !values.format ? 'check' : values.check ? 'format-check' : 'format'
  return { ok: true, options: { mode, paths, features } }
}
