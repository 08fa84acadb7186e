import { counted } from './formats.ts'

/** Nanoseconds of a run's clock as every panel writes them: `500 ms`, `1.5 s`, `1 µs`. */
export function virtualTime(nanoseconds: number | bigint): string {
  const count = Number(nanoseconds)
  if (count === 0) return '0 s'
  const [unit, size] = count >= 1e9 ? ['s', 1e9] : count >= 1e6 ? ['ms', 1e6] : count >= 1e3 ? ['µs', 1e3] : ['ns', 1]
  return `${counted(Number((count / size).toFixed(3)))} ${unit}`
}
