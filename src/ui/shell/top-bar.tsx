import { examples } from '../../project/examples/index.ts'
import { isBusy, worldName } from '../../state/selectors.ts'
import { keyNames } from '../commands/chords.ts'
import { openDialog } from '../dialogs/open-dialog.ts'
import { Icon, Mark } from '../icons.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'

export function TopBar() {
  const actions = useActions()
  const busy = useSelect(isBusy)
  const downloading = useSelect((state) => state.downloading)
  return (
    <header className="top">
      <h1 className="brand">
        <Mark />
        <span>Witcraft</span>
      </h1>
      <span className="separator hide-small" />
      <ExamplePicker />
      <WorldPicker />
      <span className="grow" />
      <button
        type="button"
        className="button primary run"
        onClick={() => void actions.run()}
        onPointerEnter={actions.warm}
        onFocus={actions.warm}
      >
        <Icon name="play" small />
        <span>Run</span>
        <span aria-hidden="true" className="hide-small">
          {keyNames('Mod+Enter').map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}
        </span>
      </button>
      <button
        type="button"
        className="button"
        aria-label="Stop"
        disabled={!busy && !downloading}
        onClick={actions.stop}
      >
        <Icon name="stop" small />
        <span className="hide-small">Stop</span>
      </button>
      <span className="separator hide-small" />
      <button
        type="button"
        className="button ghost"
        aria-label="Download .wasm"
        title="Download the component as a .wasm file"
        disabled={downloading}
        onClick={() => void actions.download()}
      >
        <Icon name="download" />
        <span className="hide-small hide-narrow">Download .wasm</span>
      </button>
      <ThemeButton />
      <button
        type="button"
        className="icon-button"
        aria-label="Settings"
        title="Settings"
        onClick={() => openDialog('settings')}
      >
        <Icon name="settings" />
      </button>
    </header>
  )
}

function ExamplePicker() {
  const { openExample } = useActions()
  const { example, pristine, name } = useSelect((state) => ({
    example: state.example,
    pristine: state.pristine,
    name: state.project.name,
  }))
  return (
    <>
      <label className="select">
        <span className="dim hide-small">Example</span>
        <select aria-label="Example" value={example ?? ''} onChange={(event) => openExample(event.target.value)}>
          {example === undefined && <option value="">{name}</option>}
          {examples.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <Icon name="chevron" small />
      </label>
      {example !== undefined && !pristine && <span className="dim hide-small hide-narrow">Edited</span>}
    </>
  )
}

function WorldPicker() {
  const { setWorld } = useActions()
  const worlds = useSelect((state) => state.worlds)
  const world = useSelect(worldName)
  if (worlds.length < 2) return null
  return (
    <label className="select">
      <span className="dim hide-small">World</span>
      <select
        className="mono"
        aria-label="World"
        value={world ?? ''}
        onChange={(event) => setWorld(event.target.value)}
      >
        {worlds.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="chevron" small />
    </label>
  )
}

const nextTheme = { system: 'light', light: 'dark', dark: 'system' } as const
const themeNames = { system: 'as the system has it', light: 'light', dark: 'dark' } as const

function ThemeButton() {
  const { setPreference } = useActions()
  const theme = useSelect((state) => state.preferences.theme)
  const label = `Theme: ${themeNames[theme]}`
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => setPreference('theme', nextTheme[theme])}
    >
      <Icon name="theme" />
    </button>
  )
}
