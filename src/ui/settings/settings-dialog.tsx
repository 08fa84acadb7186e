import { Dialog } from '../dialogs/dialog.tsx'
import type { OpenedProps } from '../dialogs/open-dialog.ts'
import { Segments } from '../segments.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'
import './settings.css'

/** What is remembered in this browser. Every change takes effect at once. */
export function SettingsDialog({ onClose }: OpenedProps) {
  const { setPreference } = useActions()
  const theme = useSelect((state) => state.preferences.theme)
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="settings">
        <div className="settings-row">
          <span>Theme</span>
          <Segments
            label="Theme"
            options={['system', 'light', 'dark'] as const}
            chosen={theme}
            onChoose={(chosen) => setPreference('theme', chosen)}
          />
        </div>
      </div>
    </Dialog>
  )
}
