/** What a project may hold. Everything that comes from outside (links, storage, messages, files) passes here. */
export const projectLimits = {
  files: 512,
  fileCharacters: 8 * 1024 * 1024,
  /** Of all files, components as Base64 among them. */
  totalCharacters: 32 * 1024 * 1024,
  nameCharacters: 200,
  list: 1024,
  textCharacters: 8 * 1024 * 1024,
} as const
