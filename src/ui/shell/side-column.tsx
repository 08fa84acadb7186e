import { Icon } from '../icons.tsx'
import { panelsOf, type Panel } from '../panels/registry.ts'
import { useMedia } from '../theme/use-theme.ts'
import { useActions, useSelect, useWorkbench } from '../workbench-context.tsx'
import { isSmall } from './breakpoints.ts'
import { chosenPanel, PanelBodies, PanelTabs } from './panel-tabs.tsx'
import { showPanel } from './panes.ts'
import { Sash } from './sash.tsx'

const tabs = panelsOf('side')
const below = panelsOf('side-below')

/** The column on the right: panels in tabs, and under them what is always in sight. */
export function SideColumn() {
  const workbench = useWorkbench()
  const { setLayout } = useActions()
  const small = useMedia(isSmall)
  const view = useSelect((state) => state.shell.view)
  const { sideTab, sideOpen } = useSelect((state) => state.preferences.layout)
  const chosen = chosenPanel(tabs, sideTab)
  const rail = !small && !sideOpen
  const hasView = (panels: readonly Panel[]): boolean => panels.some(({ id }) => id === view)
  return (
    <>
      {!small && (
        <Sash pane="side" label="Width of the side panels" controls="side" axis="x" side="after" open="sideOpen" />
      )}
      <section
        className={rail ? 'side rail' : 'side'}
        id="side"
        aria-label="Side panels"
        hidden={small && !hasView(tabs) && !hasView(below)}
      >
        {rail ? (
          [...tabs, ...below].map(({ id, title, icon }) => (
            <button
              key={id}
              type="button"
              className="icon-button"
              aria-label={`Show ${title}`}
              title={`Show ${title}`}
              onClick={() => showPanel(workbench, id)}
            >
              <Icon name={icon} />
            </button>
          ))
        ) : (
          <div className="tabs">
            <PanelTabs
              label="Side panels"
              panels={tabs}
              chosen={chosen}
              onChoose={(id) => setLayout({ sideTab: id })}
            />
            <span className="end">
              <button
                type="button"
                className="icon-button small"
                aria-label="Collapse the side panels"
                title="Collapse the side panels"
                onClick={() => setLayout({ sideOpen: false })}
              >
                <Icon name="collapse-right" />
              </button>
            </span>
          </div>
        )}
        <div className="side-panels" hidden={rail || (small && !hasView(tabs))}>
          <PanelBodies panels={tabs} shown={small ? view : chosen} />
        </div>
        {!small && !rail && (
          <Sash pane="output" label="Height of the terminal" controls="output-area" axis="y" side="after" />
        )}
        <div className="output-area" id="output-area" hidden={rail || (small && !hasView(below))}>
          {below.map(({ id, Component }) => (
            <div key={id} id={`panel-${id}`} className="below-body" hidden={small && id !== view}>
              <Component />
            </div>
          ))}
        </div>
      </section>
    </>
  )
}
