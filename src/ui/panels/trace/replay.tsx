import { useRef, type ChangeEvent } from 'react'
import { isBusy } from '../../../state/selectors.ts'
import type { Verdict } from '../../../state/simulation/state.ts'
import { counted } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { Menu, MenuItem } from '../../menu.tsx'
import { useActions, useSelect, useSelectLater } from '../../workbench-context.tsx'
import { useRead } from '../use-read.ts'
import { useSimulation } from '../use-simulation.ts'
import { callName, differences, differing } from './trace-model.ts'

/** Keeps what a run took in, and has it again: with changed code, too. */
export function Replay({ onChoose }: { onChoose: (number: number) => void }) {
  const simulation = useSimulation()
  const busy = useSelect(isBusy)
  const { recordable, kept, replaying, verdict } = useSelectLater((state) => state.simulation)
  const isKept = kept !== undefined && (kept.of === recordable || replaying === kept.run)

  return (
    <span className="trace-replay">
      <button
        type="button"
        className="button small"
        aria-disabled={!recordable || isKept}
        title="Keep all that this run has taken in up to now: settings, random bytes, times, and what was typed"
        onClick={() => !isKept && void simulation?.keepRecording()}
      >
        <span className={kept ? 'record-dot kept' : 'record-dot'} aria-hidden="true" />
        {isKept ? 'Recorded' : 'Record'}
      </button>
      {kept && (
        <button
          type="button"
          className="button small"
          aria-disabled={busy}
          title="Run once more with what was recorded, and compare every call"
          onClick={() => !busy && void simulation?.replay()}
        >
          <Icon name="replay" small />
          Replay
        </button>
      )}
      <output>{verdict && <Said verdict={verdict} onChoose={onChoose} />}</output>
    </span>
  )
}

/** Recordings as files. */
export function RecordingMenu() {
  const simulation = useSimulation()
  const { say } = useActions()
  const read = useRead()
  const kept = useSelectLater((state) => state.simulation.kept)
  const file = useRef<HTMLInputElement>(null)

  function open({ target }: ChangeEvent<HTMLInputElement>): void {
    const [chosen] = target.files ?? []
    const unread = (): void => void say(`${chosen?.name ?? 'The file'} could not be read. Choose it again.`)
    if (chosen) void read(chosen.text(), (text) => void simulation?.openRecording(text), unread)
    // The same file may be chosen once more.
    target.value = ''
  }

  return (
    <>
      <Menu label="Recording file" icon="more" className="small trace-menu">
        <MenuItem icon="download" disabled={!kept} onChoose={() => void simulation?.saveRecording()}>
          Export the recording
        </MenuItem>
        <MenuItem icon="export" onChoose={() => file.current?.click()}>
          Import a recording
        </MenuItem>
        <MenuItem icon="cross" disabled={!kept} onChoose={() => simulation?.forgetRecording()}>
          Forget the recording
        </MenuItem>
      </Menu>
      <input
        ref={file}
        className="visually-hidden"
        type="file"
        accept=".json,application/json"
        aria-label="Recording to import"
        tabIndex={-1}
        onChange={open}
      />
    </>
  )
}

type OtherVerdict = Extract<Verdict, { kind: 'other' }>

const shortName = (call: string | undefined): string => (call === undefined ? 'nothing more' : callName(call).short)

function Said({ verdict, onChoose }: { verdict: Verdict; onChoose: (number: number) => void }) {
  if (verdict.kind === 'same') {
    return (
      <span className="trace-verdict same" title={`${counted(verdict.entries)} entries, all the same`}>
        <Icon name="check" small />
        Replays identically
      </span>
    )
  }
  return <Differing verdict={verdict} onChoose={onChoose} />
}

function Differing({ verdict, onChoose }: { verdict: OtherVerdict; onChoose: (number: number) => void }) {
  const { number, expected, got } = verdict
  const { kept, trace } = useSelectLater((state) => state.simulation)
  const recorded = kept?.entries.find((entry) => entry.number === number)
  const now = trace?.entries.find((entry) => entry.number === number)
  const parts = recorded && now ? differences(recorded, now) : []
  const what =
    expected === got
      ? `${shortName(expected)} has ${differing(parts)}`
      : `recorded was ${shortName(expected)}, now it is ${shortName(got)}`
  return (
    <button type="button" className="text-button trace-verdict other" title={what} onClick={() => onChoose(number)}>
      <Icon name="warning" small />
      Differs at {counted(number)}
      <span className="visually-hidden">: {what}</span>
    </button>
  )
}
