/**
 * The default export of a CommonJS module as it arrives: bundlers unwrap it, Node gives the whole module. Both kinds of
 * value here are functions, so an object can only be the module.
 */
export type Imported<T> = T | { readonly default: T }

export function defaultOf<T extends (...args: never[]) => unknown>(imported: Imported<T>): T
export function defaultOf<T extends abstract new (...args: never[]) => unknown>(imported: Imported<T>): T
export function defaultOf<T extends object>(imported: Imported<T>): T {
  return 'default' in imported ? imported.default : imported
}
