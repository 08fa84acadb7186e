import type { TracedExport } from './traced-exports.ts'

/** The glue names it so where the engine has `Symbol.dispose`, and registers the name otherwise. */
const symbolDispose: unknown = Reflect.get(Symbol, 'dispose') ?? Symbol.for('dispose')

/** How the glue drops a resource. */
export const disposerOf = (value: object): (() => unknown) | undefined => {
  const dispose: unknown = typeof symbolDispose === 'symbol' ? Reflect.get(value, symbolDispose) : undefined
  return typeof dispose === 'function' ? () => Reflect.apply(dispose, value, []) : undefined
}

/** The end of a resource of the component, as the trace shows it: `demo:bank/accounts#[resource-drop]account(%1)`. */
export const dropOf = (handle: number, resource: string): TracedExport => ({
  name: resource.replace(/^(?:(.*)\/)?([^/]*)$/, (_, owner: string | undefined, name: string) =>
    owner === undefined ? `[resource-drop]${name}` : `${owner}#[resource-drop]${name}`,
  ),
  type: { async: false, params: [] },
  args: [],
  texts: [`%${handle}`],
})
