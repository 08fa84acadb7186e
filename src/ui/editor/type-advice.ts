import type { Fault } from '../../contract/fault.ts'

/**
 * The numbers of what TypeScript's parser could not read, from its diagnosticMessages.json. Most of the others between
 * 1000 and 1999 are rules that a run does not know.
 */
const unreadable = new Set(
  [1002, 1003, 1005, 1010, 1109, 1110, 1124, 1125, 1126, 1127, 1128, 1129, 1130, 1131, 1134, 1135, 1136, 1137, 1138]
    .concat([1141, 1142, 1144, 1146, 1160, 1161, 1434, 1435, 1436])
    .map(String),
)

/**
 * What something that TypeScript says is about, and what to do about it. `guestTypes`: the declarations of the world, by
 * file.
 */
export function typeAdvice(
  code: string,
  message: string,
  guestTypes: Readonly<Record<string, string>>,
): Pick<Fault, 'stage' | 'next'> {
  return unreadable.has(code)
    ? { stage: 'source', next: 'Correct it: a run cannot read past it.' }
    : { stage: 'types', next: aboutTypes(message, guestTypes) }
}

function aboutTypes(message: string, guestTypes: Readonly<Record<string, string>>): string {
  const [, name] = /^Cannot find name '([\w$]+)'/.exec(message) ?? []
  const from = name === undefined ? undefined : moduleOf(name, Object.values(guestTypes))
  return from === undefined
    ? 'Change it, or run anyway.'
    : `Put \`import type { ${name} } from '${from}'\` at the top, or run anyway.`
}

/** The module that declares the type. */
function moduleOf(name: string, declarations: readonly string[]): string | undefined {
  for (const text of declarations) {
    for (const [, module, body = ''] of text.matchAll(/^declare module '([^']+)' \{\n(.*?)^\}/gms)) {
      const declared = body.matchAll(/^ {2}export (?:interface|type|class|enum) ([\w$]+)\b/gm)
      if ([...declared].some(([, each]) => each === name)) return module
    }
  }
  return undefined
}
