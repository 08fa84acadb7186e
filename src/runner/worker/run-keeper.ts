import type { RunInput } from '../../wasi/context.ts'
import { createRecorder, createReplay, type RunKeeper } from '../../wasi/record.ts'
import type { WasiSettings } from '../../wasi/settings.ts'
import type { Trace } from '../../wasi/trace.ts'
import { mostRequests, type RecordedRequest, type RecordedRun } from '../recording.ts'
import type { RunInteraction } from '../runner.ts'
import type { WorldEvent } from '../world-events.ts'

/** Records a run, or has one that was recorded once more, and tells the page of it. */
export interface GuestKeeper extends RunKeeper {
  /** The page asked for this. */
  request(request: RecordedRequest): void
  /** It asked for what cannot be had again. */
  spoil(obstacle: string): void
  /** After a request. */
  tell(): void
}

export interface GuestKeeperOptions {
  readonly replay?: RecordedRun | undefined
  readonly wasi: WasiSettings
  readonly interaction?: RunInteraction | undefined
  /** Takes the inputs. */
  readonly pass: (input: RunInput) => void
  readonly trace: () => Trace
  readonly post: (event: WorldEvent) => void
}

export const createGuestKeeper = ({
  replay,
  wasi,
  interaction,
  pass,
  trace,
  post,
}: GuestKeeperOptions): GuestKeeper => {
  const nothing = (): void => {}
  if (replay) {
    const replaying = createReplay(replay, pass)
    const tell = (): void => post({ kind: 'replay', report: replaying.report })
    return { ...replaying, request: nothing, spoil: nothing, tell }
  }
  const recorder = createRecorder(pass)
  const requests: RecordedRequest[] = []
  let told = 0
  return {
    ...recorder,
    request: (request) => {
      if (requests.length < mostRequests) requests.push(request)
      else recorder.spoil('More calls were made than a recording holds.')
    },
    tell: () => {
      // What is asked again and again is copied each time, and only then.
      if (trace().total === told) return
      told = trace().total
      const recording: RecordedRun = {
        ...recorder.recording(trace()),
        settings: wasi,
        ...(interaction && { interaction }),
        requests: [...requests],
      }
      post({ kind: 'recording', recording })
    },
  }
}
