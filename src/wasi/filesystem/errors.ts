/** `error-code` of wasi:filesystem/types. */
export const errorCodes = [
  'access',
  'would-block',
  'already',
  'bad-descriptor',
  'busy',
  'deadlock',
  'quota',
  'exist',
  'file-too-large',
  'illegal-byte-sequence',
  'in-progress',
  'interrupted',
  'invalid',
  'io',
  'is-directory',
  'loop',
  'too-many-links',
  'message-size',
  'name-too-long',
  'no-device',
  'no-entry',
  'no-lock',
  'insufficient-memory',
  'insufficient-space',
  'not-directory',
  'not-empty',
  'not-recoverable',
  'unsupported',
  'no-tty',
  'no-such-device',
  'overflow',
  'not-permitted',
  'pipe',
  'read-only',
  'invalid-seek',
  'text-file-busy',
  'cross-device',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Of functions of the interface: a value that is thrown and is no `Error` is the `err` payload. */
export const refuse: (code: ErrorCode) => never = (code) => {
  // oxlint-disable-next-line no-throw-literal
  throw code
}

/** The code that was thrown; anything else is thrown on. */
export const codeOf = (thrown: unknown): ErrorCode => {
  const code = errorCodes.find((each) => each === thrown)
  if (code === undefined) throw thrown
  return code
}
