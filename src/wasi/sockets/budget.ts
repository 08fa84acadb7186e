/** Bytes that all connections of a network hold together. */
export interface Budget {
  held: number
}

export const mostHeld = 32 << 20
