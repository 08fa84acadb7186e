import type { SpawnSyncOptions } from 'node:child_process'

export const root: string
export function mustRun(command: string, args: readonly string[], options?: SpawnSyncOptions): void
export function run(command: string, args: readonly string[], options?: SpawnSyncOptions): number
export function assertNode(): void
export function ensureDependencies(): void
export function ensureBrowser(): string
