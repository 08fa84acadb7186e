import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import { watchStore } from './view.ts'

function watched() {
  const store = createStore(() => ({ n: 0 }))
  const frames: (() => void)[] = []
  const pauses: (() => void)[] = []
  const rests = new Set<() => void>()
  const watch = watchStore(store, {
    nextFrame: (draw) => frames.push(draw),
    afterPause(draw) {
      pauses.push(draw)
      return () => void pauses.splice(pauses.indexOf(draw), 1)
    },
    afterRest: (draw) => rests.add(draw),
  })
  const drawn: number[] = []
  const end = watch.view.subscribe(({ n }) => drawn.push(n))
  const flush = (queue: (() => void)[]): void => {
    for (const draw of queue.splice(0)) draw()
  }
  return {
    store,
    watch,
    drawn,
    end,
    frame: () => flush(frames),
    pause: () => flush(pauses),
    rest: () => rests.forEach((draw) => (rests.delete(draw), draw())),
    frames,
    pauses,
  }
}

describe('a watched store', () => {
  it('draws what a user changes at once', () => {
    const { store, drawn } = watched()
    store.setState({ n: 1 })
    store.setState({ n: 2 })
    expect(drawn).toEqual([1, 2])
  })

  it('draws quiet changes together, after a pause and with a frame', () => {
    const { watch, drawn, pause, frame } = watched()
    watch.setQuietly({ n: 1 })
    watch.setQuietly({ n: 2 })
    expect(drawn).toEqual([])
    pause()
    frame()
    expect(drawn).toEqual([2])
  })

  it('draws with the next frame when asked to, and not again after the pause', () => {
    const { watch, drawn, frame, frames, pauses } = watched()
    watch.setQuietly({ n: 1 })
    watch.drawSoon()
    watch.setQuietly({ n: 2 })
    watch.drawSoon()
    expect(frames).toHaveLength(1)
    frame()
    expect(drawn).toEqual([2])
    expect(pauses).toEqual([])
    watch.drawSoon()
    expect(frames).toEqual([])
  })

  it('draws once where a loud change comes after quiet ones', () => {
    const { store, watch, drawn, pause, frame } = watched()
    watch.setQuietly({ n: 1 })
    store.setState({ n: 2 })
    pause()
    frame()
    expect(drawn).toEqual([2])
  })

  it('draws a quiet change after a pause in which a loud one had drawn everything', () => {
    const { store, watch, drawn, pause, frame } = watched()
    watch.setQuietly({ n: 1 })
    store.setState({ n: 2 })
    pause()
    watch.setQuietly({ n: 3 })
    pause()
    frame()
    expect(drawn).toEqual([2, 3])
  })

  it('draws nothing for whoever has left', () => {
    const { watch, drawn, end, pause, frame } = watched()
    watch.setQuietly({ n: 1 })
    end()
    pause()
    frame()
    expect(drawn).toEqual([])
  })

  it('draws what may come later once, when the changes come to rest', () => {
    const { store, watch, rest } = watched()
    const later: number[] = []
    const end = watch.laterView.subscribe(({ n }) => later.push(n))
    store.setState({ n: 1 })
    watch.setQuietly({ n: 2 })
    store.setState({ n: 3 })
    expect(later).toEqual([])
    expect(watch.laterView.getState()).toEqual({ n: 0 })
    rest()
    expect(later).toEqual([3])
    store.setState({ n: 4 })
    rest()
    expect(later).toEqual([3, 4])
    end()
    store.setState({ n: 5 })
    expect(watch.laterView.getState()).toEqual({ n: 5 })
  })
})
