import type { ComponentType } from 'react'

/** The panels whose code comes when they are looked at, by id. */
export const latePanels = {
  world: async () => (await import('./world/world-panel.tsx')).WorldPanel,
  trace: async () => (await import('./trace/trace-panel.tsx')).TracePanel,
  files: async () => (await import('./files/files-panel.tsx')).FilesPanel,
  policy: async () => (await import('./policy/policy-panel.tsx')).PolicyPanel,
  http: async () => (await import('./http/http-panel.tsx')).HttpPanel,
  problems: async () => (await import('./problems/problems-panel.tsx')).ProblemsPanel,
} satisfies Readonly<Record<string, () => Promise<ComponentType>>>

export type LatePanel = keyof typeof latePanels
