import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import type { RunInput } from '../../wasi/context.ts'
import { createRecorder, createReplay, type RunKeeper } from '../../wasi/record.ts'
import type { Trace } from '../../wasi/trace.ts'
import { requestBytes, type RecordedRequest, type RecordedRun, type TakenRun } from '../recording.ts'
import type { WorldEvent } from '../world-events.ts'

/** Records a run, or has one that was recorded once more, and tells the page of it. */
export interface GuestKeeper extends RunKeeper {
  /** The page asked for this. */
  request(request: RecordedRequest): void
  /** It asked for what cannot be had again. */
  spoil(obstacle: string): void
  /** After a request. */
  tell(): void
  /** All up to now. */
  recording(): Outcome<TakenRun>
}

export interface GuestKeeperOptions {
  readonly replay?: RecordedRun | undefined
  /** Takes the inputs. */
  readonly pass: (input: RunInput) => void
  readonly trace: () => Trace
  readonly post: (event: WorldEvent) => void
}

export const createGuestKeeper = ({ replay, pass, trace, post }: GuestKeeperOptions): GuestKeeper => {
  const nothing = (): void => {}
  if (replay) {
    const replaying = createReplay(replay, pass)
    return {
      ...replaying,
      request: nothing,
      spoil: nothing,
      tell: () => post({ kind: 'replay', report: replaying.report }),
      recording: () => fail(noRecording('It is a replay itself.')),
    }
  }
  const recorder = createRecorder(pass)
  const requests: RecordedRequest[] = []
  let told = 0
  return {
    ...recorder,
    request: (request) => {
      if (recorder.hold(requestBytes(request))) requests.push(request)
    },
    tell: () => {
      const { total } = trace()
      if (total === told) return
      told = total
      const { obstacle } = recorder
      post({ kind: 'recordable', ...(obstacle !== undefined && { obstacle }) })
    },
    recording: () => {
      const taken = recorder.recording(trace())
      return taken ? succeed({ ...taken, requests: [...requests] }) : fail(noRecording(recorder.obstacle ?? ''))
    },
  }
}

const noRecording = (obstacle: string): Fault => ({
  stage: 'call',
  message: `This run cannot be replayed. ${obstacle}`,
  next: 'Run again, and record that.',
})
