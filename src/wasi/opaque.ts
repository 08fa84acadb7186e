/** A resource that can only be held and dropped. Every call makes a class of its own: two resource types must differ. */
export const opaqueResource = (): new () => object =>
  // oxlint-disable-next-line typescript/no-extraneous-class
  class {}
