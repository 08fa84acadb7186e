import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { isTyping } from '../../../state/simulation/terminal.ts'
import { useSelect } from '../../workbench-context.tsx'
import { useSimulation } from '../use-simulation.ts'

/** Lines that can be had back. */
const mostLines = 100

/** The line that is being typed, and the end of all of them. */
export function TypedStdin() {
  const simulation = useSimulation()
  const open = useSelect(isTyping)
  const ended = useSelect((state) => state.simulation.stdin === 'ended' && state.run.status === 'calling')
  const [line, setLine] = useState('')
  const said = useRef<string[]>([])
  /** Which of those is shown, from the newest; -1 for the line that is being typed. */
  const [at, setAt] = useState(-1)
  /** That line, while another one is shown. */
  const begun = useRef('')

  function send(text: string): void {
    if (!open) return
    simulation?.type(text)
    const typed = text.replace(/\n$/, '')
    if (typed !== '') said.current = [typed, ...said.current.filter((each) => each !== typed)].slice(0, mostLines)
    setLine('')
    setAt(-1)
  }
  function end(): void {
    // As in a terminal: a line that has begun goes without its end.
    if (line === '') simulation?.endStdin()
    else send(line)
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (event.key === 'd' && event.ctrlKey) end()
    else if (step === 0 || at + step < -1 || at + step >= said.current.length) return
    else {
      if (at === -1) begun.current = line
      setAt(at + step)
      setLine(said.current[at + step] ?? begun.current)
    }
    event.preventDefault()
  }
  /** Several lines are typed one after the other; the last one waits for Enter. */
  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData('text/plain').replaceAll('\r\n', '\n')
    const last = text.lastIndexOf('\n')
    if (!open || last < 0) return
    event.preventDefault()
    simulation?.type(line + text.slice(0, last + 1))
    setLine(text.slice(last + 1))
  }
  return (
    <form
      className="stdin-line"
      onSubmit={(event) => {
        event.preventDefault()
        send(`${line}\n`)
      }}
    >
      <span className="mono" aria-hidden="true">
        ›
      </span>
      <input
        className="input mono"
        aria-label="Line for the component"
        // One that is disabled would lose the focus between two runs.
        readOnly={!open}
        aria-disabled={!open}
        placeholder={open ? 'Type a line' : ended ? 'The input has ended' : 'Run the component to type to it'}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="send"
        value={line}
        onChange={({ target }) => setLine(target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <button type="submit" className="button small" disabled={!open}>
        Send
      </button>
      <button
        type="button"
        className="button small"
        disabled={!open}
        title="End of input (Ctrl+D)"
        onClick={() => simulation?.endStdin()}
      >
        End input
      </button>
    </form>
  )
}
