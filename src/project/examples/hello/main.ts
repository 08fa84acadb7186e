// Every export of the world is an export of this file, in camelCase.
export function greet(name: string): string {
  return `Hello, ${name}`
}
