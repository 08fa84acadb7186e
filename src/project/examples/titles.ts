/** What the page knows of the examples when it opens, in the order of the picker. */
export const titles: readonly { readonly id: string; readonly title: string }[] = [
  { id: 'hello', title: 'Hello' },
  { id: 'types', title: 'A tour of the types' },
  { id: 'results', title: 'Results and errors' },
  { id: 'capability', title: 'An import is a capability' },
  { id: 'resource', title: 'A resource with methods' },
  { id: 'cli', title: 'A command-line program' },
  { id: 'waits', title: 'A program that waits' },
  { id: 'config', title: 'Files and environment' },
  { id: 'dice', title: 'Dice with a seed' },
  { id: 'http-handler', title: 'An HTTP handler' },
  { id: 'http-client', title: 'An HTTP client' },
  { id: 'untitled', title: 'New project' },
]

export const defaultExample = 'hello'
