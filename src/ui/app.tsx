import { lazy, Suspense } from 'react'
import { useKeyMap } from './commands/use-key-map.ts'
import { CodeArea } from './editor/code-area.tsx'
import { DialogHost } from './dialogs/dialog-host.tsx'
import { useLeaveWarning } from './notices/use-leave-warning.ts'
import { BottomTabs } from './shell/bottom-tabs.tsx'
import { Drawer } from './shell/drawer.tsx'
import { ExplorerColumn } from './shell/explorer-column.tsx'
import { Frame } from './shell/frame.tsx'
import { SideColumn } from './shell/side-column.tsx'
import { StatusBar } from './shell/status-bar.tsx'
import { TopBar } from './shell/top-bar.tsx'
import './theme/tokens.css'
import './theme/base.css'
import './theme/controls.css'
import './shell/shell.css'
import './shell/shell-small.css'
import './shell/drawn.css'

/** What comes right after the page: there is nothing to say before something was done. */
const ResultStrip = lazy(async () => ({ default: (await import('./shell/result-strip.tsx')).ResultStrip }))
const ArrivalBanner = lazy(async () => ({ default: (await import('./share/arrival.tsx')).ArrivalBanner }))
const Notices = lazy(async () => ({ default: (await import('./notices/notices.tsx')).Notices }))
const Announcer = lazy(async () => ({ default: (await import('./announcer.tsx')).Announcer }))

export function App() {
  useKeyMap()
  useLeaveWarning()
  return (
    <Frame>
      <TopBar />
      <main className="panes">
        <ExplorerColumn />
        <div className="code-area" id="code">
          <Suspense>
            <ArrivalBanner />
          </Suspense>
          <CodeArea />
          <Suspense>
            <ResultStrip />
          </Suspense>
        </div>
        <Drawer />
        <SideColumn />
      </main>
      <StatusBar />
      <BottomTabs />
      <DialogHost />
      <Suspense>
        <Notices />
        <Announcer />
      </Suspense>
    </Frame>
  )
}
