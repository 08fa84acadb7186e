import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { baseOf, folderOf, isWit } from '../../project/paths.ts'
import { problemsOf } from '../../state/selectors.ts'
import { isWorldFile, shownPath } from '../../state/tabs.ts'
import { Icon } from '../icons.tsx'
import { onTabKey } from '../tab-keys.ts'
import { useActions, useSelect } from '../workbench-context.tsx'

interface EditorTabsProps {
  readonly label: string
  /** Id of the panel that shows the chosen file. */
  readonly panel: string
  readonly files: readonly string[]
  readonly active: string
}

/** The open files of an editor. The list scrolls, with the chosen one in sight. */
export function EditorTabs({ label, panel, files, active }: EditorTabsProps) {
  const { showFile, closeFile } = useActions()
  const list = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const tab = list.current?.children[files.indexOf(active)]
    if (!(tab instanceof HTMLElement) || !list.current) return
    const { offsetLeft: left, offsetWidth: width } = tab
    const { scrollLeft, clientWidth } = list.current
    if (left < scrollLeft) list.current.scrollLeft = left
    else if (left + width > scrollLeft + clientWidth) list.current.scrollLeft = left + width - clientWidth
  }, [active, files])

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== 'Delete') return onTabKey(event)
    event.preventDefault()
    closeFile(active)
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
  }

  if (files.length === 0) return <div className="tabs" />
  const shared = new Set(files.map(baseOf).filter((name, index, all) => all.indexOf(name) !== index))
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the keys bubble from the tabs
    <div ref={list} className="tabs" role="tablist" aria-label={`Files of the ${label}`} onKeyDown={onKeyDown}>
      {files.map((path) => (
        <div
          key={path}
          className="file-tab"
          role="presentation"
          onAuxClick={(event) => event.button === 1 && closeFile(path)}
          // The middle button would start to scroll.
          onMouseDown={(event) => event.button === 1 && event.preventDefault()}
        >
          <button
            type="button"
            role="tab"
            className="tab"
            title={isWorldFile(path) ? `${shownPath(path)}: a file of the simulated world` : path}
            aria-selected={path === active}
            aria-controls={panel}
            aria-keyshortcuts="Alt+W Delete"
            tabIndex={path === active ? 0 : -1}
            onClick={() => showFile(path)}
          >
            <Icon name={isWorldFile(path) ? 'files' : isWit(path) ? 'wit' : 'source'} />
            <span className="cut">{baseOf(path)}</span>
            {shared.has(baseOf(path)) && <span className="dim cut">{folderOf(shownPath(path))}</span>}
            <FileProblems path={path} />
          </button>
          {/* For the pointer. In a tablist there are only tabs, so the keyboard has Delete and Alt+W. */}
          <button
            type="button"
            className="icon-button small file-close"
            aria-hidden="true"
            tabIndex={-1}
            title={`Close ${shownPath(path)} (Alt+W)`}
            onClick={() => closeFile(path)}
          >
            <Icon name="cross" small />
          </button>
        </div>
      ))}
    </div>
  )
}

function FileProblems({ path }: { path: string }) {
  const diagnostics = useSelect((state) => state.diagnostics)
  const count = problemsOf(diagnostics).filter((each) => each.place?.file === path && each.severity === 'error').length
  if (count === 0) return null
  return (
    <span className="err">
      {count}
      <span className="visually-hidden"> problems</span>
    </span>
  )
}
