import { beforeEach, expect, test } from 'vitest'
import type { WaitState } from '../../wasi/waiting.ts'
import { createWaitReports, type WaitReports } from './wait-reports.ts'

const input: WaitState = { awaits: ['input on stdin'] }

let time: number
let ring: (() => void) | undefined
let posted: [waited: number, state: WaitState | undefined][]
let reports: WaitReports
beforeEach(() => {
  time = 0
  ring = undefined
  posted = []
  reports = createWaitReports({
    now: () => time,
    after: (_, done) => {
      ring = done
      return () => (ring = undefined)
    },
    post: (...report) => posted.push(report),
  })
  reports.begin()
})
const wait = (milliseconds: number): void => {
  reports.tell(input)
  time += milliseconds
  reports.tell(undefined)
}

test('a wait that lasts is told while it lasts, and its end with its time', () => {
  reports.tell(input)
  expect(posted).toEqual([])
  time = 10
  ring?.()
  expect(posted).toEqual([[0, input]])
  time = 400
  reports.tell(undefined)
  expect(posted.at(-1)).toEqual([400, undefined])
  expect(reports.waited).toBe(400)
})

test('what is waited for may change meanwhile', () => {
  reports.tell(input)
  ring?.()
  reports.tell({ awaits: [], until: 5n })
  expect(posted.at(-1)).toEqual([0, { awaits: [], until: 5n }])
})

test('many short waits are told together', () => {
  for (let turn = 0; turn < 20; turn++) wait(5)
  expect(posted).toEqual([
    [50, undefined],
    [100, undefined],
  ])
  expect(ring).toBeUndefined()
})

test('each request begins anew', () => {
  wait(60)
  reports.begin()
  expect(reports.waited).toBe(0)
  wait(60)
  // What was told of the first one is taken back when the second begins.
  expect(posted).toEqual([
    [60, undefined],
    [0, undefined],
    [60, undefined],
  ])
})
