import ts from 'typescript'
import type { GuestName } from '../../../wit/guest-names.ts'
import { serviceOf } from '../service.fixture.ts'
import { type Exported, GuestCode } from './guest-code.ts'

export const entry = 'file:///main.ts'

/** The code of a project with one file, by the declarations of its world. */
export function codeOf(text: string, generated: Readonly<Record<string, string>>): GuestCode {
  const files: Record<string, string> = { [entry]: text }
  for (const [path, content] of Object.entries(generated)) files[`file:///witcraft/types/${path}`] = content
  return new GuestCode(ts, serviceOf(files))
}

export const exportedOf = (names: readonly GuestName[]): Exported[] =>
  names.flatMap(({ module, path, exported }) => (exported ? [{ module, path, exported }] : []))
