/**
 * How WIT names appear in JavaScript: as jco writes them in the types that it generates for guests, so that what the
 * editor says is true.
 */

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const words = (name: string): string[] => name.toLowerCase().split(/[-_]/)

/** `dark-green` to `darkGreen`, `HTTP-get` to `httpGet` */
export const camelCase = (name: string): string => {
  const [first = '', ...rest] = words(name)
  return first + rest.map(capitalise).join('')
}

/** `shopping-cart` to `ShoppingCart` */
export const pascalCase = (name: string): string => words(name).map(capitalise).join('')

/** `demo:shop/cart@1.0.0` to `cart`; the name of an inline interface stays. */
export const interfaceLabel = (interfaceName: string): string =>
  interfaceName.replace(/@[^/]*$/, '').replace(/^.*[/:]/, '')

export type FunctionRole =
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'constructor'; readonly resource: string }
  | { readonly kind: 'method' | 'static'; readonly resource: string; readonly name: string }

/** Reads `[method]cart.add-item` and the like: Explainer.md#import-and-export-definitions, `plainname`. */
export function roleOf(functionName: string): FunctionRole {
  const [, kind, resource, name] = /^\[(constructor|method|static)\]([^.]+)(?:\.(.+))?$/.exec(functionName) ?? []
  if (kind === undefined || resource === undefined) return { kind: 'function', name: functionName }
  if ((kind === 'method' || kind === 'static') && name !== undefined) return { kind, resource, name }
  return { kind: 'constructor', resource }
}

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)
/** Whether a function can be declared under this name. */
export const isBindable = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name) && !reserved.has(name)
