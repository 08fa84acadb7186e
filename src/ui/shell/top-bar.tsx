import { loadExamples } from '../../project/examples/load.ts'
import { titles } from '../../project/examples/titles.ts'
import { isBusy, worldName } from '../../state/selectors.ts'
import { keyNames } from '../commands/chords.ts'
import { openDialog } from '../dialogs/open-dialog.ts'
import { Icon, Mark } from '../icons.tsx'
import { latePart } from '../late-part.tsx'
import { Menu, MenuItem } from '../menu.tsx'
import { useMedia } from '../theme/use-theme.ts'
import { runProject } from '../run-project.ts'
import { useActions, useSelect, useWorkbench } from '../workbench-context.tsx'
import { isFull, isSmall } from './breakpoints.ts'
import { toggleExplorer } from './panes.ts'
import { ProjectName } from './project-name.tsx'

const ExportItems = latePart(async () => (await import('../share/export-items.tsx')).ExportItems, { spare: true })

export function TopBar() {
  const small = useMedia(isSmall)
  return (
    <header className="top" data-region>
      <ExplorerToggle />
      <h1 className="brand">
        <Mark />
        <span>Witcraft</span>
      </h1>
      {!small && <span className="separator" />}
      {!small && <ProjectName />}
      <Edited />
      <span className="grow" />
      <ExamplePicker />
      {!small && <WorldPicker />}
      <RunButtons />
      {small ? (
        <Menu label="More" icon="more">
          <ProjectName />
          <WorldPicker />
          <MenuItem icon="link" onChoose={() => openDialog('share')}>
            Share
          </MenuItem>
          <ExportItems />
          <ThemeItem />
          <MenuItem icon="settings" onChoose={() => openDialog('settings')}>
            Settings
          </MenuItem>
        </Menu>
      ) : (
        <>
          <span className="separator" />
          <button type="button" className="button ghost" aria-label="Share" onClick={() => openDialog('share')}>
            <Icon name="link" />
            <span className="menu-label">Share</span>
          </button>
          <Menu label="Export" icon="export">
            <ExportItems />
          </Menu>
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
        </>
      )}
    </header>
  )
}

function ExplorerToggle() {
  const workbench = useWorkbench()
  const full = useMedia(isFull)
  const open = useSelect((state) => (full ? state.preferences.layout.explorerOpen : state.shell.filesOver))
  return (
    <button
      type="button"
      id="explorer-toggle"
      className="icon-button"
      aria-label="Explorer"
      aria-expanded={open}
      aria-controls="explorer"
      title={`${open ? 'Hide' : 'Show'} the explorer (${keyNames('Mod+B').join(' ')})`}
      onClick={() => toggleExplorer(workbench)}
    >
      <Icon name="files" />
    </button>
  )
}

/** Run builds, starts and makes the call that is shown; Stop ends whatever runs. */
function RunButtons() {
  const workbench = useWorkbench()
  const { stop, warm } = workbench.actions
  const busy = useSelect((state) => isBusy(state) || state.downloading)
  return (
    <>
      <button
        type="button"
        className="button primary run"
        title="Build, start and make the call that is shown"
        onClick={() => runProject(workbench)}
        onPointerEnter={warm}
        onFocus={warm}
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
        title={`End what is running (${keyNames('Mod+.').join(' ')})`}
        disabled={!busy}
        onClick={stop}
      >
        <Icon name="stop" small />
        <span>Stop</span>
      </button>
    </>
  )
}

const wantExamples = (): void => void loadExamples().catch(() => {})

function ExamplePicker() {
  const { openExample } = useActions()
  const example = useSelect((state) => state.example)
  const name = useSelect((state) => state.project.name)
  const small = useMedia(isSmall)
  return (
    <label className="select">
      <span className="dim hide-small">Example</span>
      <select
        aria-label="Example"
        value={example ?? ''}
        onChange={(event) => openExample(event.target.value)}
        onPointerEnter={wantExamples}
        onFocus={wantExamples}
      >
        {example === undefined && <option value="">{small ? name : 'None'}</option>}
        {titles.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <Icon name="chevron" small />
    </label>
  )
}

/** Says that the project is no longer what the example, the link or the file has. */
function Edited() {
  const edited = useSelect(({ example, pristine, unsaved }) => (example === undefined ? unsaved : !pristine))
  return edited && <span className="dim hide-small hide-narrow">Edited</span>
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

function useNextTheme(): { readonly label: string; readonly next: () => void } {
  const { setPreference } = useActions()
  const theme = useSelect((state) => state.preferences.theme)
  return { label: `Theme: ${themeNames[theme]}`, next: () => setPreference('theme', nextTheme[theme]) }
}

function ThemeButton() {
  const { label, next } = useNextTheme()
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={next}>
      <Icon name="theme" />
    </button>
  )
}

function ThemeItem() {
  const { label, next } = useNextTheme()
  return (
    <MenuItem icon="theme" onChoose={next}>
      {label}
    </MenuItem>
  )
}
