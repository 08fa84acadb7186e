/** Another import that TypeScript offers, in its own words: `Add import from "wasi:cli/stdout@0.2.12"`. */
const added = /^Add import from (["'])(.*)\1$/

/**
 * A module with a version can be imported without it too, and TypeScript offers both. What is written for somebody has
 * the version: it says which one was meant when the world has another some day.
 */
export function withVersions<Fix extends { readonly description: string }>(fixes: readonly Fix[]): Fix[] {
  const moduleOf = ({ description }: Fix): string => added.exec(description)?.[2] ?? ''
  const modules = fixes.map(moduleOf)
  return fixes.filter((fix) => {
    const module = moduleOf(fix)
    return module === '' || !modules.some((other) => other.startsWith(`${module}@`))
  })
}
