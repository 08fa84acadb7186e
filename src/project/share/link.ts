import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import { parseProject } from '../parse.ts'
import { isProjectPath } from '../paths.ts'
import type { Project } from '../project.ts'
import { projectJson } from '../serialize.ts'
import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import { deflate, inflate } from './deflate.ts'

/**
 * A share link is the page's address and a fragment, which browsers never send to a server:
 * `#v1.<base64url(deflate-raw(UTF-8 JSON of the project))>`, then `&file=`, `&line=` and `&panel=` in any order. What
 * follows with another name is for somebody else and left alone.
 */
export interface Link {
  readonly project: Project
  readonly target: LinkTarget
}

/** What a link shows first. */
export interface LinkTarget {
  readonly file?: string
  /** From 1. */
  readonly line?: number
  readonly panel?: string
}

export const linkLimits = {
  /** Characters of a fragment. Chromium opens no address that is longer than 2 MiB. */
  characters: 2 * 1024 * 1024,
  /** Bytes of the JSON in it. */
  inflatedBytes: 8 * 1024 * 1024,
} as const

/** A fragment of a share link, with `#`. Equal projects give equal fragments. */
export async function encodeLink(project: Project, target: LinkTarget = {}): Promise<Outcome<string>> {
  const json = new TextEncoder().encode(projectJson(project))
  if (json.length > linkLimits.inflatedBytes) return fail(tooLargeToShare)
  const link = `#v1.${encodeBase64Url(await deflate(json))}${targetParameters(target)}`
  return link.length > linkLimits.characters ? fail(tooLargeToShare) : succeed(link)
}

/** Any fragment, with or without its `#`, to the project in it. Never throws. */
export async function decodeLink(hash: string): Promise<Outcome<Link>> {
  const fragment = hash.startsWith('#') ? hash.slice(1) : hash
  if (fragment.length > linkLimits.characters) return fail(tooLargeToOpen)
  const [head = '', ...parameters] = fragment.split('&')
  const version = /^v(\d{1,9})\./.exec(head)
  if (!version) return fail(notALink)
  if (version[1] !== '1') return fail(anotherVersion(version[1] ?? ''))
  const packed = decodeBase64Url(head.slice(version[0].length))
  if (!packed || packed.length === 0) return fail(damaged)
  const inflated = await inflate(packed, linkLimits.inflatedBytes)
  if (!inflated.ok) return fail(inflated.reason === 'too-large' ? tooLargeToOpen : damaged)
  const json = parseJson(inflated.bytes)
  if (json === undefined) return fail(damaged)
  const project = parseProject(json)
  if (!project.ok) return fail({ ...project.fault, message: notAProject, detail: project.fault.message })
  return succeed({ project: project.value, target: parseTarget(parameters) })
}

function targetParameters({ file, line, panel }: LinkTarget): string {
  return (
    (file === undefined ? '' : `&file=${encodeURIComponent(file).replaceAll('%2F', '/')}`) +
    (line === undefined ? '' : `&line=${line}`) +
    (panel === undefined ? '' : `&panel=${encodeURIComponent(panel)}`)
  )
}

/** A parameter that cannot be read is left out: the project opens all the same. */
function parseTarget(parameters: readonly string[]): LinkTarget {
  const target: { file?: string; line?: number; panel?: string } = {}
  for (const parameter of parameters) {
    const at = parameter.indexOf('=')
    const name = parameter.slice(0, at)
    const value = unescape(parameter.slice(at + 1))
    if (value === undefined) continue
    if (name === 'file' && isProjectPath(value)) target.file = value
    if (name === 'line' && /^[1-9]\d{0,6}$/.test(value)) target.line = Number(value)
    if (name === 'panel' && /^[a-z][a-z0-9-]{0,39}$/.test(value)) target.panel = value
  }
  return target
}

function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

const notALink: Fault = {
  stage: 'project',
  message: 'The end of this address, from # on, is not a Witcraft link.',
  next: 'A link has #v1. there. Check that all of it was copied, or open an example.',
}

const anotherVersion = (version: string): Fault => ({
  stage: 'project',
  message: `This link has version ${version}, and this page reads version 1.`,
  next: 'Open it with the page that it was made with, or reload this page to get its newest version.',
})

const damaged: Fault = {
  stage: 'project',
  message: 'This link is damaged: a part of it is missing or was changed on the way.',
  next: 'Copy all of it again, up to its last character. Chat programs often cut long links.',
}

const tooLargeToOpen: Fault = {
  stage: 'project',
  message: 'This link is larger than 2 MiB, or more than 8 MiB when unpacked, so it was not opened.',
  next: 'Ask for the project as a file, and open that.',
}

const notAProject = 'This link is whole, but what it holds is not a project.'

const tooLargeToShare: Fault = {
  stage: 'project',
  message: 'The project is too large for a link.',
  next: 'Download it as a file and share that.',
}
