import { Icon } from '../icons.tsx'
import { panels, type Panel } from '../panels/registry.ts'
import { onTabKey } from '../tab-keys.ts'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { showPanel, showView } from './panes.ts'

const views: readonly (Pick<Panel, 'id' | 'title' | 'icon' | 'Count'> & { readonly controls: string })[] = [
  { id: 'code', title: 'Code', icon: 'source', controls: 'code' },
  ...panels.map((panel) => ({ ...panel, controls: `panel-${panel.id}` })),
]

/** In a small window: what it shows of the page. */
export function BottomTabs() {
  const workbench = useWorkbench()
  const view = useSelect((state) => state.shell.view)
  return (
    <nav className="bottom" aria-label="Views">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the keys bubble from the tabs */}
      <div className="bottom-tabs" role="tablist" aria-label="Views" onKeyDown={onTabKey}>
        {views.map(({ id, title, icon, Count, controls }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={id === view}
            aria-controls={controls}
            tabIndex={id === view ? 0 : -1}
            onClick={() => (id === 'code' ? showView(workbench, id) : showPanel(workbench, id))}
          >
            <Icon name={icon} />
            {title}
            {Count && <Count />}
          </button>
        ))}
      </div>
    </nav>
  )
}
