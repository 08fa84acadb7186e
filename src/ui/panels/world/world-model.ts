/** One argument a line; a last empty line is how a text ends, not an argument. */
export function parseLines(text: string): string[] {
  if (text === '') return []
  return text.replace(/\n$/, '').split('\n')
}

/** `NAME=value` a line. Lines without a name are not there yet. */
export function parseEnvironment(text: string): Record<string, string> {
  const env: Record<string, string> = Object.create(null)
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=')
    const name = equals < 0 ? line.trim() : line.slice(0, equals).trim()
    if (name !== '') env[name] = equals < 0 ? '' : line.slice(equals + 1)
  }
  return env
}

export const environmentText = (env: Readonly<Record<string, string>>): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')

/** Why a text is no whole number within the bounds; undefined where it is one. */
export function numberProblem(text: string, least: number, most: number): string | undefined {
  const trimmed = text.trim()
  if (!/^-?\d+$/.test(trimmed)) return 'Write a whole number.'
  const number = Number(trimmed)
  if (number < least) return `At least ${least.toLocaleString('en-US')}.`
  if (number > most) return `At most ${most.toLocaleString('en-US')}.`
  return undefined
}
