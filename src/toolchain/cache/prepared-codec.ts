import { isLineChanges } from '../../contract/line-changes.ts'
import type { PreparedWorld } from '../engine.ts'
import { readGraph, writeGraph } from './graph.ts'
import { isWorld } from './parse-world.ts'

/**
 * A prepared world as bytes: how it ships, how it is kept across reloads, and how it comes from the worker that made it.
 *
 *     magic (8 bytes) | checksum u32 | length of the header u32 | header (JSON, UTF-8) | bytes of the blobs, in order
 *
 * Integers are little-endian; the checksum covers everything after it. The same world gives the same bytes.
 */

const magic = new TextEncoder().encode('witcraf3')
const headerOffset = magic.length + 8

interface Blob {
  readonly name: string
  readonly length: number
}

export function encodePrepared(prepared: PreparedWorld): Uint8Array<ArrayBuffer> {
  const { transpiled, shell } = prepared
  const blobs: [name: string, bytes: Uint8Array][] = [
    ['before', shell.before],
    ['after', shell.after],
    ...Object.entries(transpiled.cores).map(([name, bytes]): [string, Uint8Array] => [`core:${name}`, bytes]),
  ]
  const header = new TextEncoder().encode(
    JSON.stringify({
      engine: prepared.engine,
      variant: prepared.variant,
      engineHash: prepared.engineHash,
      world: writeGraph(prepared.world),
      guestTypes: prepared.guestTypes,
      js: transpiled.js,
      suspending: transpiled.suspending,
      engineCore: transpiled.engineCore,
      binding: prepared.binding,
      blobs: blobs.map(([name, bytes]) => ({ name, length: bytes.length })),
    }),
  )
  const size = blobs.reduce((sum, [, bytes]) => sum + bytes.length, headerOffset + header.length)
  const result = new Uint8Array(size)
  result.set(magic)
  result.set(header, headerOffset)
  let at = headerOffset + header.length
  for (const [, bytes] of blobs) {
    result.set(bytes, at)
    at += bytes.length
  }
  const view = new DataView(result.buffer)
  view.setUint32(magic.length + 4, header.length, true)
  view.setUint32(magic.length, checksum(result), true)
  return result
}

/** Undefined for anything that is not, in every detail, what `encodePrepared` writes. Blobs are copies. */
export function decodePrepared(bytes: Uint8Array): PreparedWorld | undefined {
  try {
    return parse(bytes)
  } catch {
    return undefined
  }
}

function parse(bytes: Uint8Array): PreparedWorld | undefined {
  if (bytes.length < headerOffset || magic.some((byte, index) => bytes[index] !== byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(magic.length, true) !== checksum(bytes)) return undefined
  const headerEnd = headerOffset + view.getUint32(magic.length + 4, true)
  if (headerEnd > bytes.length) return undefined
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(headerOffset, headerEnd))
  const header: unknown = JSON.parse(text)
  if (!isObject(header)) return undefined
  const { engine, variant, engineHash, guestTypes, js, suspending, engineCore, binding, blobs } = header
  const world = readGraph(header['world'])
  if (!isText(engine) || !isText(variant) || !isText(engineHash) || !isText(js) || !isText(engineCore)) return undefined
  if (suspending !== undefined && !isLineChanges(suspending)) return undefined
  if (!isWorld(world) || !isTexts(guestTypes) || !isBlobs(blobs)) return undefined

  const parts = new Map<string, Uint8Array>()
  let at = headerEnd
  for (const { name, length } of blobs) {
    if (at + length > bytes.length) return undefined
    parts.set(name, bytes.slice(at, at + length))
    at += length
  }
  const before = parts.get('before')
  const after = parts.get('after')
  if (at !== bytes.length || before === undefined || after === undefined) return undefined
  const cores: Record<string, Uint8Array> = Object.create(null)
  for (const [name, core] of parts) if (name.startsWith('core:')) cores[name.slice('core:'.length)] = core
  return {
    engine,
    variant,
    engineHash,
    world,
    guestTypes,
    transpiled: { js, ...(suspending === undefined ? {} : { suspending }), cores: { ...cores }, engineCore },
    shell: { before, after },
    binding,
  }
}

/** FNV-1a over everything after the checksum: against broken storage, not against an enemy. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (let at = magic.length + 4; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash >>> 0
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(isText)
const isBlobs = (value: unknown): value is readonly Blob[] =>
  Array.isArray(value) &&
  value.every(
    (blob) => isObject(blob) && isText(blob['name']) && Number.isInteger(blob['length']) && Number(blob['length']) >= 0,
  )
