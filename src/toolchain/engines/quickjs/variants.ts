/** The extensions that each variant of the engine links in, in this order. */
export const variants = {
  base: ['structured-clone', 'encoding'],
  url: ['structured-clone', 'encoding', 'url'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Variant = keyof typeof variants
export const engineId = 'quickjs'
