import { parseLayout } from '../state/layout.ts'
import { preferencesKey, storedFields } from '../state/preferences.ts'
import { parseNumber, parseTheme } from '../state/settings.ts'
import { showCodeSize, showLayout } from '../ui/first-look.ts'
import { watchEarlyInput } from './early-input.ts'

/**
 * Stands in the head of the page and runs before its first paint: what the build drew is shown as this browser's user
 * left the page, and what is done on it before its script has come is kept for it.
 */

const root = document.documentElement
const fields = storedFields(stored())
const theme = parseTheme(fields.get('theme'))
const layout = parseLayout(fields.get('layout'))
if (theme !== 'system') root.dataset['theme'] = theme
showLayout(root, layout)
// The style sheet knows what it may say.
root.dataset['wrap'] = String(fields.get('wrap'))
showCodeSize(root, parseNumber('fontSize', fields.get('fontSize')))
// The example that is drawn is not what the address asks for.
if (location.hash.length > 1) root.dataset['opening'] = 'link'

window.witcraftEarly = { ...watchEarlyInput(), drawn: () => chooseTabs([layout.sideTab, layout.drawerTab]) }

function stored(): string | null {
  try {
    return localStorage.getItem(preferencesKey)
  } catch {
    return null
  }
}

/** The tabs that were chosen when the page was left, in what the build drew. */
function chooseTabs(chosen: readonly string[]): void {
  for (const list of document.querySelectorAll('[data-drawn] .tab-list')) {
    const tabs = [...list.children]
    const panelOf = (tab: Element): string => tab.getAttribute('aria-controls') ?? ''
    const wanted = tabs.find((tab) => chosen.includes(panelOf(tab).replace('panel-', '')))
    if (!wanted) continue
    for (const tab of tabs) {
      tab.ariaSelected = String(tab === wanted)
      const panel = list.closest('[data-drawn]')?.querySelector<HTMLElement>(`#${panelOf(tab)}`)
      if (panel) panel.hidden = tab !== wanted
    }
  }
}
