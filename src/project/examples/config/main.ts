// Later files win over earlier ones, and a variable
// such as APP_PORT wins over all files.
import { getEnvironment } from 'wasi:cli/environment@0.2.12'
import { getDirectories } from 'wasi:filesystem/preopens@0.2.12'
import type { Descriptor } from 'wasi:filesystem/types@0.2.12'

interface Setting {
  name: string
  value: string
  source: string
}

const files = ['defaults.conf', 'site.conf']

// What a world does not hand out is not there: a
// program finds only folders that were opened for it.
function open(folder: string): Descriptor {
  for (const [directory, path] of getDirectories())
    if (path === folder) return directory
  throw `no folder ${folder} is open`
}

function readText(
  from: Descriptor,
  path: string,
): string {
  try {
    const follow = { symlinkFollow: true }
    const file = from.openAt(
      follow,
      path,
      {},
      { read: true },
    )
    const [bytes] = file.read(file.stat().size, 0n)
    return new TextDecoder().decode(bytes)
  } catch (error) {
    // The err of a result, such as no-entry.
    const { payload } = error as {
      payload?: string
    }
    throw `${path}: ${payload ?? String(error)}`
  }
}

export function settings(): Setting[] {
  const found = new Map<string, Setting>()
  const config = open('/config')
  for (const source of files) {
    for (const line of readText(
      config,
      source,
    ).split('\n')) {
      const [, name, value] =
        /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(
          line,
        ) ?? []
      if (name === undefined || value === undefined)
        continue
      found.set(name, { name, value, source })
    }
  }
  for (const [
    variable,
    value,
  ] of getEnvironment()) {
    if (!variable.startsWith('APP_')) continue
    const name = variable.slice(4).toLowerCase()
    found.set(name, {
      name,
      value,
      source: variable,
    })
  }
  return [...found.values()]
}

export function save(path: string): bigint {
  const text = settings()
    .map(
      ({ name, value }) => `${name} = ${value}\n`,
    )
    .join('')
  try {
    const how = { create: true, truncate: true }
    const write = { write: true }
    const file = open('/state').openAt(
      {},
      path,
      how,
      write,
    )
    return file.write(
      new TextEncoder().encode(text),
      0n,
    )
  } catch (error) {
    const { payload } = error as {
      payload?: string
    }
    throw `${path}: ${payload ?? String(error)}`
  }
}
