// Waits, and says on request how long it was not woken: its delays are those of the machine. Runs as a process of its own.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
process.on('message', () => {
  process.send?.(delay.max / 1e6)
  delay.reset()
})
process.on('disconnect', () => process.exit())
