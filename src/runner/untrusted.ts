import { caps } from './protocol.ts'

/** Reading values of which nothing is known: each function takes what fits and throws `Unfit` for the rest. */

/** What came is not what it should be. Caught in parse-from-sandbox.ts. */
export class Unfit extends Error {}

export type Fields = Readonly<Record<string, unknown>>

export const fields = (value: unknown): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unfit()
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new Unfit()
  return Object.fromEntries(Object.entries(value))
}
export const text = (value: unknown, cap: number): string => {
  if (typeof value !== 'string' || value.length > cap) throw new Unfit()
  return value
}
export const count = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Unfit()
  return value
}
export const measure = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Unfit()
  return value
}
export const oneOf = <const T extends string>(value: unknown, choices: readonly T[]): T => {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new Unfit()
  return found
}
export const list = <T>(value: unknown, item: (value: unknown) => T, most: number = caps.items): T[] => {
  if (!Array.isArray(value) || value.length > most) throw new Unfit()
  // `map` would skip holes and so leave them unread.
  return Array.from(value, item)
}
/** Bytes with a buffer of their own: a view of a large one would keep all of that. */
export const bytes = (value: unknown, cap: number): Uint8Array => {
  if (!(value instanceof Uint8Array) || value.byteLength > cap) throw new Unfit()
  return value.byteLength === value.buffer.byteLength ? value : value.slice()
}
export const optional = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
  value === undefined ? undefined : read(value)
