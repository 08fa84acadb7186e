import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

/** The page as a user knows it: by role and name. */
export class Workbench {
  readonly page: Page
  readonly run: Locator
  readonly stop: Locator
  readonly result: Locator
  readonly output: Locator
  readonly problems: Locator
  readonly metrics: Locator
  readonly callLine: Locator

  constructor(page: Page) {
    this.page = page
    this.run = page.getByRole('button', { name: 'Run', exact: true })
    this.stop = page.getByRole('button', { name: 'Stop', exact: true })
    this.result = page.getByRole('region', { name: 'Result', exact: true })
    this.output = page.getByRole('region', { name: 'Terminal' })
    this.problems = page.getByRole('region', { name: 'Problems' })
    this.metrics = page.getByRole('region', { name: 'Metrics' })
    this.callLine = page.getByRole('textbox', { name: 'WAVE call' })
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`/${hash}`)
    await this.drawn()
    await expect(this.run).toBeEnabled()
  }

  /** Waits until the script's page has taken the place of the one that the build drew. */
  async drawn(): Promise<void> {
    await expect(this.page.locator('[data-drawn]')).toHaveCount(0)
  }

  /** Opens an example, and waits until it is open: its files may have to be fetched. */
  async example(name: string): Promise<void> {
    const opened = (): Promise<number> => this.page.evaluate(() => window.__witcraft.getState().opened)
    const before = await opened()
    await this.chooseExample(name)
    await expect.poll(opened).toBeGreaterThan(before)
  }

  async chooseExample(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Example' }).selectOption({ label: name })
  }

  /** Replaces a file's text through the automation hook, as a paste would. */
  async setFile(path: string, text: string): Promise<void> {
    await this.page.evaluate(([file, content]) => window.__witcraft.setFile(file, content), [path, text] as const)
  }

  /** Runs, optionally with the given call, and waits until the run has ended one way or the other. */
  async runToEnd(call?: string): Promise<void> {
    if (call !== undefined) await this.callLine.fill(call)
    const before = await this.endedRuns()
    await this.run.click()
    await this.ended(before)
  }

  /** The problems share a place with the metrics. */
  async showProblems(): Promise<void> {
    await this.page
      .getByRole('tab', { name: /^Problems/ })
      .first()
      .click()
  }

  async endedRuns(): Promise<number> {
    return this.page.evaluate(() => window.__witcraft.endedRuns())
  }

  async ended(before: number): Promise<void> {
    await this.page.waitForFunction((count) => window.__witcraft.endedRuns() > count, before, { timeout: 30_000 })
  }
}

/** The files of a shipped example, as they are in the source. */
export function exampleFile(example: string, file: string): string {
  return readFileSync(join(import.meta.dirname, '../src/project/examples', example, file), 'utf8')
}
