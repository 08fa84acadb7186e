/** Characters in a path of a project, at most. */
const longestPath = 240

/**
 * Whether `path` may name a file of a project: relative, `/` between segments, no segment that is empty or walks the
 * tree, nothing that a zip archive, a URL or a terminal would take for something else.
 */
export function isProjectPath(path: string): boolean {
  if (path.length === 0 || path.length > longestPath) return false
  return path.split('/').every(isSegment)
}

function isSegment(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return false
  // The names of an object's own machinery: harmless in our maps, not in everybody's.
  if (segment === '__proto__') return false
  if (segment !== segment.trim() || /\p{Surrogate}/u.test(segment)) return false
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u001f\u007f\\:*?"<>|]/.test(segment)
}

export const isWit = (path: string): boolean => path.endsWith('.wit')
export const isSource = (path: string): boolean => /\.(?:ts|js|mts|mjs)$/.test(path) && !path.endsWith('.d.ts')
