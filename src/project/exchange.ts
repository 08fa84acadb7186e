/** How projects come in and go out, as one part of the page: fetched when the first one does. */
export { longestProjectFile, noProjectFile, parseProjectFile, projectFile } from './file.ts'
export { parseProject } from './parse.ts'
export { decodeLink, encodeLink } from './share/link.ts'
