import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from '@playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds on the screen as it is: one line for each place, empty where nothing is wrong. All rules are on, those of
 * WCAG 2.2 AAA and of best practice included, except where a line below says why not.
 */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated and not added as a script: the page's policy allows no script that is not its own.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const found = await page.evaluate(async (): Promise<AxeResults['violations']> => {
    const { axe } = window as Window & { axe?: typeof import('axe-core') }
    if (!axe) throw new Error('axe was not loaded')
    const { violations } = await axe.run(document, {
      // The sandbox's frame is hidden, without content, and of another origin.
      iframes: false,
      resultTypes: ['violations'],
    })
    return violations
  })
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary, html }) => `${id}: ${target.join(' ')}\n  ${html}\n  ${failureSummary ?? ''}`),
  )
}
