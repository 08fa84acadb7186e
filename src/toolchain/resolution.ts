/** Where an import leads: to a file of the project, to the world, or nowhere. */
export type Resolution =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'world' }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'outside' }
  | { readonly kind: 'address' }

const extensions = ['.ts', '.js', '.mts', '.mjs', '.json']

/** Files that can be modules of a guest: sources, and data that is imported. */
export const isModule = (path: string): boolean => extensions.some((extension) => path.endsWith(extension))

/**
 * Finds the file that `specifier` names in a module at `from`. As TypeScript does, `./x` may leave the extension away
 * and `./x.js` may mean `./x.ts`; `/x` starts at the root of the project. Everything else belongs to the world. The
 * languages and the engines both ask here: what a language cannot see, such as `import(name)`, an engine meets.
 */
export function resolveImport(from: string, specifier: string, has: (path: string) => boolean): Resolution {
  if (/^(?:https?|data|blob|file):/.test(specifier)) return { kind: 'address' }
  if (!/^\.{0,2}\//.test(specifier) && specifier !== '.' && specifier !== '..') return { kind: 'world' }
  const path = joinPath(specifier.startsWith('/') ? '' : from, specifier)
  if (path === undefined) return { kind: 'outside' }
  const found = candidates(path).find(has)
  return found === undefined ? { kind: 'missing', path } : { kind: 'file', path: found }
}

function candidates(path: string): string[] {
  const stem = path.replace(/\.([cm]?)js$/, '.$1ts')
  const prefix = path === '' ? '' : `${path}/`
  return [
    path,
    stem,
    ...extensions.map((extension) => path + extension),
    ...extensions.map((extension) => `${prefix}index${extension}`),
  ]
}

/** `joinPath('lib/a.ts', '../b.ts')` is `b.ts`; undefined where the path leaves the project. */
function joinPath(from: string, specifier: string): string | undefined {
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** How a module at `from` names the file `to` in full: `./lib/math.ts`, `../b.ts`. */
export function relativeSpecifier(from: string, to: string): string {
  const folder = from.split('/').slice(0, -1)
  const target = to.split('/')
  let shared = 0
  while (shared < folder.length && shared < target.length - 1 && folder[shared] === target[shared]) shared += 1
  const up = folder.slice(shared).map(() => '..')
  return [...(up.length === 0 ? ['.'] : up), ...target.slice(shared)].join('/')
}
