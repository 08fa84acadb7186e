import { useId } from 'react'
import {
  defaultSettings,
  runMoments,
  themes,
  wraps,
  type NumberSetting as NumberSettingName,
  type RunOn,
} from '../../state/settings.ts'
import { Dialog } from '../dialogs/dialog.tsx'
import { openDialog, type OpenedProps } from '../dialogs/open-dialog.ts'
import { Icon } from '../icons.tsx'
import { Segments } from '../segments.tsx'
import { useMedia } from '../theme/use-theme.ts'
import { setWrap } from '../editor/wrap.ts'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { NumberSetting } from './number-setting.tsx'
import './settings.css'

const moments: Readonly<Record<RunOn, string>> = {
  demand: 'When I run it',
  save: 'Also when I save',
  edit: 'Also after each edit',
}

const fields = Object.keys(defaultSettings) as readonly (keyof typeof defaultSettings)[]

/** What is remembered in this browser. Every change takes effect at once. */
export function SettingsDialog({ onClose }: OpenedProps) {
  const workbench = useWorkbench()
  const { setPreference, resetSettings } = workbench.actions
  const preferences = useSelect((state) => state.preferences)
  const own = useSelect((state) => state.project.wasi?.limits)
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const id = useId()
  const untouched = fields.every((name) => preferences[name] === defaultSettings[name])
  const limitHint = (name: NumberSettingName & ('milliseconds' | 'memoryMiB'), unit: string): string =>
    own?.[name] === undefined
      ? 'For projects that set none.'
      : `The open project sets its own: ${own[name].toLocaleString('en')} ${unit}.`
  return (
    <Dialog
      title="Settings"
      onClose={onClose}
      foot={
        <>
          <span className="row grow">
            <button type="button" className="text-button" onClick={() => openDialog('palette')}>
              All commands
            </button>
            <button type="button" className="text-button" onClick={() => openDialog('keyboard')}>
              Keyboard map
            </button>
          </span>
          <button type="button" className="button" disabled={untouched} onClick={resetSettings}>
            Reset to defaults
          </button>
        </>
      }
    >
      <div className="settings">
        <p className="dim settings-scope">Kept in this browser, for every project.</p>
        <section aria-labelledby={`${id}look`}>
          <h3 id={`${id}look`}>Look</h3>
          <div className="settings-row">
            <span>Theme</span>
            <Segments
              label="Theme"
              options={themes}
              chosen={preferences.theme}
              onChoose={(chosen) => setPreference('theme', chosen)}
            />
          </div>
          <NumberSetting name="fontSize" label="Editor font size" unit="px" />
          <div className="settings-row">
            <span>Wrap long lines</span>
            <Segments
              label="Wrap long lines"
              options={wraps}
              chosen={preferences.wrap}
              onChoose={(chosen) => setWrap(workbench, chosen)}
            />
            <span className="settings-words">Auto wraps them in small windows.</span>
          </div>
          <div className="settings-row">
            <span>Motion</span>
            <span className="dim">{still ? 'Reduced, as the system asks' : 'As the system has it'}</span>
          </div>
        </section>
        <section aria-labelledby={`${id}runs`}>
          <h3 id={`${id}runs`}>Runs</h3>
          <div className="settings-row">
            <label htmlFor={`${id}run`}>Run</label>
            <span className="select boxed">
              <select
                id={`${id}run`}
                value={preferences.runOn}
                onChange={({ target }) => {
                  const chosen = runMoments.find((each) => each === target.value)
                  if (chosen) setPreference('runOn', chosen)
                }}
              >
                {runMoments.map((each) => (
                  <option key={each} value={each}>
                    {moments[each]}
                  </option>
                ))}
              </select>
              <Icon name="chevron" small />
            </span>
          </div>
          <NumberSetting name="milliseconds" label="Time limit" unit="ms" hint={limitHint('milliseconds', 'ms')} />
          <NumberSetting name="memoryMiB" label="Memory limit" unit="MiB" hint={limitHint('memoryMiB', 'MiB')} />
        </section>
      </div>
    </Dialog>
  )
}
