export {}

declare global {
  interface Window {
    /** The automation hook of the page: src/state/automation.ts. */
    readonly __witcraft: {
      /** Replaces a file of the open project, as a paste would. */
      setFile(path: string, text: string): void
      /** What the Run button does; settles when the run has ended. `text` is the result as WAVE, or the fault's message. */
      run(): Promise<{ readonly ok: boolean; readonly text: string }>
      stop(): void
      /** Settles when the run is in the given state: `calling`, `ready`… */
      until(state: string): Promise<void>
      /** How many runs have ended, with a result or with a fault. */
      endedRuns(): number
      /** Opens a project that is given as its JSON. Does not run it. */
      openProject(project: unknown): void
      getState(): unknown
    }
  }
}
