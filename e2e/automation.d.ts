import type { Automation } from '../src/state/automation.ts'

declare global {
  interface Window {
    /** The automation hook of the page. */
    readonly __witcraft: Automation
  }
}
