// Whether the page stays usable beside a component that calls its world a hundred thousand times, with the Trace panel open.
import type { Page } from '@playwright/test'
import { opened, watchLongTasks } from './page.ts'

export const tracedCalls = 100_000

/** Opens the project of `tracedRun` with the Trace panel in sight, and runs it once. */
export async function openTraced(page: Page): Promise<void> {
  const text =
    'package bench:traced;\n\nworld traced {\n  import wasi:random/random@0.2.12;\n  export draw: func(times: u32) -> u64;\n}\n'
  const source = `import { getRandomU64 } from 'wasi:random/random@0.2.12'

export function draw(times: number): bigint {
  let last = 0n
  for (let at = 0; at < times; at++) last = getRandomU64()
  return last
}
`
  const wasi = { limits: { milliseconds: 60_000 } }
  await opened(page, { name: 'traced', text, source, calls: ['draw(1)'], wasi })
  await page.getByRole('tab', { name: 'Trace', exact: true }).click()
  await page.getByRole('grid', { name: 'Calls across the boundary' }).waitFor()
}

/**
 * Makes the calls, filters them by words, goes to the last and back through them by pages: the longest task of the page in
 * milliseconds, 0 where none took 50, and the entries that were kept and counted.
 */
export async function tracedRun(page: Page): Promise<{ longest: number; kept: number; total: number }> {
  const longest = await watchLongTasks(page)
  await page.evaluate(async (times) => {
    const { ok, text } = await window.__witcraft.run(`draw(${times})`)
    if (!ok) throw new Error(text)
  }, tracedCalls)
  await page.waitForFunction(
    (times) => (window.__witcraft.getState().simulation.trace?.total ?? 0) > times,
    tracedCalls,
  )
  const panel = page.getByRole('tabpanel', { name: 'Trace', exact: true })
  const words = panel.getByRole('searchbox', { name: 'Filter calls' })
  await words.pressSequentially('get-random 7')
  await words.fill('')
  await panel.getByRole('grid').focus()
  await page.keyboard.press('End')
  for (let at = 0; at < 20; at++) await page.keyboard.press('PageUp')
  await page.keyboard.press('Home')
  const counted = await page.evaluate(() => {
    const { entries = [], total = 0 } = window.__witcraft.getState().simulation.trace ?? {}
    return { kept: entries.length, total }
  })
  return { longest: await longest(), ...counted }
}
