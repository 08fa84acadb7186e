import { useState } from 'react'
import { Announcer } from './announcer.tsx'
import { useKeyMap } from './commands/key-map.ts'
import { CodeArea } from './editor/code-area.tsx'
import { DialogHost } from './dialogs/dialog-host.tsx'
import { Icon, type IconName } from './icons.tsx'
import { panels } from './panels/registry.ts'
import { Problems } from './problems/problems.tsx'
import { ResultStrip } from './shell/result-strip.tsx'
import { StatusBar } from './shell/status-bar.tsx'
import { TopBar } from './shell/top-bar.tsx'
import './theme/tokens.css'
import './theme/base.css'
import './theme/controls.css'
import './shell/shell.css'

const side = panels.filter((panel) => panel.area === 'side')
const output = panels.filter((panel) => panel.area === 'side-below')
const metrics = panels.filter((panel) => panel.area === 'code-below')
const views: readonly { id: string; title: string; icon: IconName }[] = [
  { id: 'code', title: 'Code', icon: 'source' },
  ...panels,
]

export function App() {
  useKeyMap()
  /** What a small window shows; a large one shows everything and uses it to choose the tab on the right. */
  const [view, setView] = useState('code')
  const [tab, setTab] = useState('call')
  const show = (id: string): void => {
    setView(id)
    if (side.some((panel) => panel.id === id)) setTab(id)
  }
  return (
    <div className="workbench" data-view={view}>
      <TopBar />
      <main className="panes">
        <div className="code-area">
          <CodeArea />
          <ResultStrip onOpen={() => show('call')} />
          <Problems />
        </div>
        <div className="side">
          <div className="tabs" role="tablist" aria-label="Panels">
            {side.map(({ id, title }) => (
              <button
                key={id}
                type="button"
                role="tab"
                className="tab"
                aria-selected={id === tab}
                aria-controls={`panel-${id}`}
                onClick={() => show(id)}
              >
                {title}
              </button>
            ))}
          </div>
          {side.map(({ id, title, Component }) => (
            <div
              key={id}
              id={`panel-${id}`}
              className="side-panel"
              role="tabpanel"
              aria-label={title}
              hidden={id !== tab}
            >
              <Component />
            </div>
          ))}
          <div className="output-area">
            {output.map(({ id, Component }) => (
              <Component key={id} />
            ))}
          </div>
        </div>
        <div className="metrics-area">
          {metrics.map(({ id, Component }) => (
            <Component key={id} />
          ))}
        </div>
      </main>
      <StatusBar />
      <nav aria-label="Views">
        <div className="bottom-tabs" role="tablist" aria-label="Views">
          {views.map(({ id, title, icon }) => (
            <button key={id} type="button" role="tab" aria-selected={id === view} onClick={() => show(id)}>
              <Icon name={icon} />
              {title}
            </button>
          ))}
        </div>
      </nav>
      <DialogHost />
      <Announcer />
    </div>
  )
}
