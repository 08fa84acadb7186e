import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultLayout, paneBounds, paneFlags, paneSizes, parseLayout, type Layout } from './layout.ts'

const layouts: fc.Arbitrary<Layout> = fc.record({
  explorer: fc.integer(paneBounds.explorer),
  side: fc.integer(paneBounds.side),
  drawer: fc.integer(paneBounds.drawer),
  output: fc.integer(paneBounds.output),
  wit: fc.integer(paneBounds.wit),
  explorerOpen: fc.boolean(),
  sideOpen: fc.boolean(),
  drawerOpen: fc.boolean(),
  sideTab: fc.constantFrom('call', 'world', 'trace-graph'),
  drawerTab: fc.constantFrom('metrics', 'problems'),
})

describe('a stored layout', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        expect(parseLayout(JSON.parse(JSON.stringify(layout)))).toEqual(layout)
      }),
    )
  })

  it('falls back field by field, whatever storage holds', () => {
    const keys: readonly (keyof Layout)[] = [...paneSizes, ...paneFlags, 'sideTab', 'drawerTab']
    fc.assert(
      fc.property(layouts, fc.constantFrom(...keys), fc.jsonValue(), (layout, key, value) => {
        const { [key]: parsed, ...rest } = parseLayout({ ...layout, [key]: value })
        const { [key]: _, ...kept } = layout
        expect(rest).toEqual(kept)
        expect(typeof parsed).toBe(typeof defaultLayout[key])
      }),
    )
  })

  it('never leaves a pane without room, or with all of it', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const layout = parseLayout(stored)
        for (const pane of paneSizes) {
          expect(layout[pane]).toBeGreaterThanOrEqual(paneBounds[pane].min)
          expect(layout[pane]).toBeLessThanOrEqual(paneBounds[pane].max)
        }
      }),
    )
  })
})
