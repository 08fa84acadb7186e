import { useState } from 'react'
import type { Panel } from '../panels/registry.ts'
import { onTabKey } from '../tab-keys.ts'

interface PanelTabsProps {
  readonly label: string
  readonly panels: readonly Panel[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

export function PanelTabs({ label, panels, chosen, onChoose }: PanelTabsProps) {
  return (
    // The keys bubble from the tabs, which have the focus.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div className="tab-list" role="tablist" aria-label={label} onKeyDown={onTabKey}>
      {panels.map(({ id, title, Count }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={id === chosen}
          aria-controls={`panel-${id}`}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {title}
          {Count && <Count />}
        </button>
      ))}
    </div>
  )
}

/** One of the panels is shown; the others keep what is typed into them. */
export function PanelBodies({ panels, shown }: { panels: readonly Panel[]; shown: string | undefined }) {
  return panels.map((panel) => <PanelBody key={panel.id} {...panel} shown={panel.id === shown} />)
}

/** Nobody waits for the code of a panel that was never looked at. */
function PanelBody({ id, title, Component, Lead, shown }: Panel & { readonly shown: boolean }) {
  const [seen, setSeen] = useState(shown)
  if (shown && !seen) setSeen(true)
  return (
    <div
      id={`panel-${id}`}
      className="panel-body"
      role="tabpanel"
      aria-label={title}
      // It may be higher than its pane, and then it has to scroll by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      hidden={!shown}
    >
      <h2 className="visually-hidden">{title}</h2>
      {Lead && <Lead />}
      {seen && <Component />}
    </div>
  )
}

/** The panel of that name, or the first: a stored name may be that of a panel that is no more. */
export const chosenPanel = (panels: readonly Panel[], id: string): string | undefined =>
  (panels.find((panel) => panel.id === id) ?? panels[0])?.id
