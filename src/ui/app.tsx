import { useKeyMap } from './commands/use-key-map.ts'
import { CodeArea } from './editor/code-area.tsx'
import { DialogHost } from './dialogs/dialog-host.tsx'
import { latePart } from './late-part.tsx'
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
const ResultStrip = latePart(async () => (await import('./shell/result-strip.tsx')).ResultStrip, { spare: true })
const ArrivalBanner = latePart(async () => (await import('./share/arrival.tsx')).ArrivalBanner, { spare: true })
const Notices = latePart(async () => (await import('./notices/notices.tsx')).Notices, { spare: true })
const Announcer = latePart(async () => (await import('./announcer.tsx')).Announcer, { spare: true })

export function App() {
  useKeyMap()
  useLeaveWarning()
  return (
    <Frame>
      <TopBar />
      <main className="panes">
        <ExplorerColumn />
        <div className="code-area" id="code">
          <ArrivalBanner />
          <CodeArea />
        </div>
        <ResultStrip />
        <Drawer />
        <SideColumn />
      </main>
      <StatusBar />
      <BottomTabs />
      <DialogHost />
      <Notices />
      <Announcer />
    </Frame>
  )
}
