import type { ResourceClass } from './gate.ts'

/** A function that answers with the `err` case: a value that is thrown and is no `Error` is the payload. */
export const refuse = (payload: unknown) => (): never => {
  throw payload
}

/**
 * A resource class whose methods (JavaScript names) all answer with the error. Without methods: a resource that can only
 * be held and dropped.
 */
export const refusingResource = (methods: readonly string[] = [], payload?: unknown): ResourceClass => {
  // Every call makes a class of its own: two resource types must differ.
  // oxlint-disable-next-line consistent-function-scoping
  const resource = function (): void {}
  for (const name of methods) {
    Object.defineProperty(resource.prototype, name, { configurable: true, value: refuse(payload) })
  }
  return resource
}
