import type { Project } from './project.ts'

/** The order of the contract. */
const fields = ['schema', 'name', 'files', 'world', 'entry', 'engine', 'binaries', 'wasi', 'calls'] as const

/** A project as JSON. Equal projects give equal texts: the order of fields, files and variables is always the same. */
export function projectJson(project: Project, indent = 0): string {
  const ordered: Record<string, unknown> = {}
  for (const field of fields) ordered[field] = sorted(project[field])
  return JSON.stringify(ordered, undefined, indent)
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  // Without a prototype, so that a variable named `__proto__` is one like every other.
  const result: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) result[key] = sorted(item)
  return result
}
