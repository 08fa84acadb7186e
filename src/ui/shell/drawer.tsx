import { keyNames } from '../commands/chords.ts'
import { Icon } from '../icons.tsx'
import { panelsOf } from '../panels/registry.ts'
import { useMedia } from '../theme/use-theme.ts'
import { useActions, useSelect } from '../workbench-context.tsx'
import { isSmall } from './breakpoints.ts'
import { chosenPanel, PanelBodies, PanelTabs } from './panel-tabs.tsx'
import { Sash } from './sash.tsx'

const tabs = panelsOf('drawer')

/** Under the editors, as high as it was left: nothing that arrives in it moves the editors. Its tabs always show. */
export function Drawer() {
  const { setLayout } = useActions()
  const small = useMedia(isSmall)
  const view = useSelect((state) => state.shell.view)
  const { drawerTab, drawerOpen } = useSelect((state) => state.preferences.layout)
  const chosen = chosenPanel(tabs, drawerTab)
  const shown = small ? view : drawerOpen ? chosen : undefined
  const toggle = drawerOpen ? 'Collapse the drawer' : 'Expand the drawer'
  return (
    <>
      {!small && (
        <Sash pane="drawer" label="Height of the drawer" controls="drawer" axis="y" side="after" open="drawerOpen" />
      )}
      <section className="drawer" id="drawer" aria-label="Drawer" hidden={small && tabs.every(({ id }) => id !== view)}>
        <div className="tabs">
          <PanelTabs
            label="Drawer"
            panels={tabs}
            chosen={chosen}
            onChoose={(id) => setLayout({ drawerTab: id, drawerOpen: true })}
          />
          <span className="end">
            <button
              type="button"
              className="icon-button small"
              aria-expanded={drawerOpen}
              aria-controls="drawer"
              aria-label={toggle}
              title={`${toggle} (${keyNames('Mod+J').join(' ')})`}
              onClick={() => setLayout({ drawerOpen: !drawerOpen })}
            >
              <Icon name={drawerOpen ? 'chevron' : 'chevron-up'} />
            </button>
          </span>
        </div>
        <div className="drawer-panels" hidden={shown === undefined}>
          <PanelBodies panels={tabs} shown={shown} />
        </div>
      </section>
    </>
  )
}
