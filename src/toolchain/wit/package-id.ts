/** `wasi:cli/stdout@0.2.12` to `wasi:cli/stdout`, and `wasi:cli@0.2.12` to `wasi:cli`. */
export const withoutVersion = (name: string): string => name.split('@')[0] ?? name
