// The third-party notice, made from what is shipped: every package that has a module in a bundle, and the packages whose
// binaries are copied. A package without licence text fails the build.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { wasiShims } from './generate/wasi-shims.ts'
import { root } from './setup.mjs'

/**
 * Packages of which files are shipped that no bundler sees: the engine, jco's tools and their WASI interfaces, and those
 * that the documentation of these is from.
 */
const copied = ['quickjs-wasi', '@bytecodealliance/jco', '@bytecodealliance/jco-transpile', ...Object.values(wasiShims)]

const shipped = new Set<string>()

/** Notes the packages of a bundle: to be added to the page's build and to that of every worker. */
export function collectPackages(): Plugin {
  return {
    name: 'witcraft:collect-packages',
    generateBundle(_options, bundle) {
      noteBundle(bundle)
    },
  }
}

function noteBundle(bundle: Rolldown.OutputBundle): void {
  for (const chunk of Object.values(bundle))
    if (chunk.type === 'chunk') for (const id of Object.keys(chunk.modules)) notePackage(id)
}

/** Notes the package that a module belongs to. */
export function notePackage(moduleId: string): void {
  const path = /^(?:\0)?(.*?)(?:\?.*)?$/.exec(moduleId)?.[1] ?? ''
  const at = path.lastIndexOf('/node_modules/')
  if (at < 0) return
  const [first, second] = path.slice(at + '/node_modules/'.length).split('/')
  if (first === undefined) return
  shipped.add(path.slice(0, at) + '/node_modules/' + (first.startsWith('@') ? `${first}/${second}` : first))
}

/** Writes third-party-notices.txt beside the page. */
export function thirdPartyNotices(): Plugin {
  return {
    name: 'witcraft:third-party-notices',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        noteBundle(bundle)
        for (const name of copied) shipped.add(join(root, 'node_modules', name))
        this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source: notices([...shipped]) })
      },
    },
  }
}

function notices(folders: readonly string[]): string {
  const packages = folders.map(readPackage).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const head = `Witcraft ships parts of the packages below, under their own licences.\n\n${packages.map((each) => `  ${each.name} ${each.version}: ${each.license}`).join('\n')}\n`
  return [
    head,
    ...packages.map((each) => `${'='.repeat(78)}\n${each.name} ${each.version}\n${each.license}\n\n${each.text}\n`),
  ].join('\n')
}

function readPackage(folder: string): { name: string; version: string; license: string; text: string } {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const field = (key: string): string => {
    const value: unknown = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, key) : undefined
    return typeof value === 'string' ? value : ''
  }
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotices)/i.test(file))
  let text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  // Packages of one project share its licence file, which not each of them carries.
  if (text === '' && field('name').startsWith('@bytecodealliance/')) text = sharedLicence()
  if (text === '')
    throw new Error(
      `${field('name')} is shipped and carries no licence text: name one in scripts/notices.ts, or leave the package out.`,
    )
  return { name: field('name'), version: field('version'), license: field('license'), text }
}

function sharedLicence(): string {
  const path = join(root, 'node_modules/@bytecodealliance/jco-transpile/LICENSE')
  if (!existsSync(path)) throw new Error(`${dirname(path)} has no LICENSE any more: its siblings' notices need one.`)
  return readFileSync(path, 'utf8').trim()
}
