import { useId, useRef, useState, type DragEvent } from 'react'
import { worldName } from '../../../state/selectors.ts'
import { stdinOf } from '../../../state/simulation/interaction.ts'
import type { State } from '../../../state/state.ts'
import { isTyping } from '../../../state/simulation/terminal.ts'
import { canSuspend, suspendingBrowsers } from '../../../runner/suspending.ts'
import { counted } from '../../formats.ts'
import { Segments } from '../../segments.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { hasFiles } from '../../explorer/dropped-files.ts'
import { useRead } from '../use-read.ts'
import { useSimulation } from '../use-simulation.ts'
import { TypedStdin } from './typed-stdin.tsx'

/** What a text may have: it goes with the project into links. */
const mostBytes = 1024 * 1024

const isProgram = (state: Pick<State, 'project' | 'worlds' | 'outlines'>): boolean =>
  state.outlines.find(({ name }) => name === worldName(state))?.exports.some(({ name }) => name === 'wasi:cli/run') ??
  false

/** Where standard input comes from: typed while the program runs, or a text that is there from the start. */
export function Stdin() {
  const simulation = useSimulation()
  const asked = useSelect((state) => stdinOf(state, isProgram(state)))
  const typing = useSelect(isTyping)
  const typed = typing || (asked === 'typed' && canSuspend())
  if (!simulation) return null
  return (
    <div className="terminal-input">
      <div className="stdin-head">
        <span>Input</span>
        <Segments label="Standard input" options={['typed', 'text']} chosen={asked} onChoose={simulation.chooseStdin} />
        {(asked === 'text' || !typed) && <StdinText />}
      </div>
      {typed && <TypedStdin />}
      {asked === 'typed' && !typed && (
        <p className="stdin-note">
          Typing while the component runs needs {suspendingBrowsers}. Here it reads the text; everything else works.
        </p>
      )}
    </div>
  )
}

/** How much there is, and ways to another one. */
function StdinText() {
  const { say } = useActions()
  const simulation = useSimulation()
  const read = useRead()
  const text = useSelect((state) => state.project.wasi?.stdin) ?? ''
  const [open, setOpen] = useState(false)
  const [over, setOver] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const id = useId()

  function take(taken: File | undefined): void {
    if (!taken || !simulation) return
    if (taken.size > mostBytes) return void say(`${taken.name} has more than 1 MiB, and is not taken as input.`)
    const decoded = taken.arrayBuffer().then((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    void read(
      decoded,
      (stdin) => {
        simulation.chooseStdin('text')
        simulation.setWasi({ stdin }, `The component reads ${taken.name}.`)
      },
      () => say(`${taken.name} is no text in UTF-8, and is not taken as input.`),
    )
  }
  const drop = {
    onDragOver(event: DragEvent) {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer.files[0])
    },
  }
  return (
    <>
      <span className={over ? 'stdin-size drop' : 'stdin-size'} {...drop}>
        {over ? 'Drop a file to read' : text === '' ? 'none' : `${counted([...text].length)} characters`}
      </span>
      <span className="end">
        <button
          type="button"
          className="text-button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Done' : 'Edit'}
        </button>
        <button type="button" className="text-button" onClick={() => file.current?.click()}>
          From a file
        </button>
        <input
          ref={file}
          type="file"
          hidden
          aria-label="File to read as standard input"
          onChange={({ target }) => {
            take(target.files?.[0])
            target.value = ''
          }}
        />
      </span>
      {open && (
        <textarea
          id={id}
          className="input mono"
          aria-label="Text of standard input"
          rows={4}
          spellCheck={false}
          value={text}
          {...drop}
          onChange={({ target }) => simulation?.setWasi({ stdin: target.value })}
        />
      )}
    </>
  )
}
