/** Bytes that all connections and received datagrams of a network hold together. */
export interface Budget {
  held: number
}

export const mostHeld = 32 << 20
