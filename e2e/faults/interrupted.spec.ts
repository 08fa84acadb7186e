import { expect, test } from '@playwright/test'
import { Workbench } from '../workbench.ts'

const wit = `package demo:hello;

world hello {
  export next: func() -> u32;
  export spin: func();
  export wait: func();
}
`
const source = `let count = 0
export const next = () => ++count
export const spin = () => { for (;;) {} }
export const wait = async () => { for (;;) await null }
`

for (const call of ['spin()', 'wait()']) {
  test(`Stop during the call of ${call} ends that call alone: the next one works`, async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.setFile('world.wit', wit)
    await workbench.setFile('main.ts', source)
    await workbench.runToEnd('next()')
    const panel = page.getByRole('region', { name: 'Call', exact: true })
    const button = panel.getByRole('button', { name: 'Call', exact: true })
    const history = page.getByRole('region', { name: 'History' }).getByRole('listitem')
    const next = async (expression: string): Promise<void> => {
      const before = await workbench.endedRuns()
      await workbench.callLine.fill(expression)
      await button.click()
      await workbench.ended(before)
    }
    // In the same instance.
    await next('next()')
    await expect(workbench.result).toContainText('2')

    await workbench.callLine.fill(call)
    const before = await workbench.endedRuns()
    await button.click()
    await page.evaluate(() => window.__witcraft.until('calling'))
    await workbench.stop.click()
    await workbench.ended(before)
    await expect(workbench.result.getByRole('alert')).toContainText('The run was stopped.')
    await expect(history).toHaveCount(3)
    await expect(history.first()).toContainText(call)
    await expect(history.first()).toContainText('The run was stopped.')
    // To stop a call is no problem of the project.
    await workbench.showProblems()
    await expect(workbench.problems.getByRole('listitem')).toHaveCount(0)

    // In a fresh instance, which counts from the beginning.
    await next('next()')
    await expect(workbench.result.getByRole('alert')).toHaveCount(0)
    await expect(history.first()).toContainText(/next\(\).*1/)
    await next('next()')
    await expect(history.first()).toContainText(/next\(\).*2/)
    await expect(history).toHaveCount(5)
  })
}
