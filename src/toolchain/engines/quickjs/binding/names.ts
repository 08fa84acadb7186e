import { camelCase } from '../../../../component/host-conventions.ts'

/**
 * How WIT names appear in JavaScript: as jco writes them in the types that it generates for guests, so that what the
 * editor says is true.
 */

/** `shopping-cart` to `ShoppingCart` */
export const pascalCase = (name: string): string => {
  const camel = camelCase(name)
  return camel.charAt(0).toUpperCase() + camel.slice(1)
}

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
