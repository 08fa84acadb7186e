// An export of the world is an export of this file.
export function greet(name: string): string {
  return `Hello, ${name}`
}
