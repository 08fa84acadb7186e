// Whether typing ever waits: the browser's own list of long tasks while keys go into an editor and builds go on.
import type { Page } from '@playwright/test'
import { watchLongTasks } from './page.ts'

/**
 * The longest task of the main thread in milliseconds while `keys` keys are typed into an editor and the project runs
 * again and again; 0 where the browser found none of 50 ms.
 */
export async function typing(page: Page, label: RegExp, keys: number): Promise<number> {
  const longest = await watchLongTasks(page)
  await page.getByRole('textbox', { name: label }).first().focus()
  await page.keyboard.press('Control+End')
  const text = `// ${'the quick brown fox jumps over the lazy dog '.repeat(Math.ceil(keys / 44))}`.slice(0, keys)
  for (const [index, key] of [...text].entries()) {
    await page.keyboard.press(key === ' ' ? 'Space' : key, { delay: 5 })
    // A build on every fifth key: the next one is typed while it goes on.
    if (index % 5 === 0) await page.evaluate(() => void window.__witcraft.run())
    await page.waitForTimeout(30)
  }
  return longest()
}
