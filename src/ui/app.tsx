import { lazy, Suspense } from 'react'
import { useKeyMap } from './commands/use-key-map.ts'
import { CodeArea } from './editor/code-area.tsx'
import { DialogHost } from './dialogs/dialog-host.tsx'
import { Notices } from './notices/notices.tsx'
import { useLeaveWarning } from './notices/use-leave-warning.ts'
import { BottomTabs } from './shell/bottom-tabs.tsx'
import { Drawer } from './shell/drawer.tsx'
import { ExplorerColumn } from './shell/explorer-column.tsx'
import { Frame } from './shell/frame.tsx'
import { ResultStrip } from './shell/result-strip.tsx'
import { SideColumn } from './shell/side-column.tsx'
import { StatusBar } from './shell/status-bar.tsx'
import { TopBar } from './shell/top-bar.tsx'
import './theme/tokens.css'
import './theme/base.css'
import './theme/controls.css'
import './shell/shell.css'
import './shell/shell-small.css'

/** What comes right after the page: there is nothing to say before something was done. */
const ArrivalBanner = lazy(async () => ({ default: (await import('./share/arrival.tsx')).ArrivalBanner }))
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
          <ResultStrip />
        </div>
        <Drawer />
        <SideColumn />
      </main>
      <StatusBar />
      <BottomTabs />
      <Notices />
      <DialogHost />
      <Suspense>
        <Announcer />
      </Suspense>
    </Frame>
  )
}
