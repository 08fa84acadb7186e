/** The packages whose declarations have the documentation of WASI, by release line. */
export const wasiShims: Readonly<Record<string, string>> = {
  '0.2': '@bytecodealliance/preview2-shim',
  '0.3': '@bytecodealliance/preview3-shim',
}
