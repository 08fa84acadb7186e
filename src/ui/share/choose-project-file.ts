import type { Workbench } from '../../state/store.ts'

/** Asks for a project file and opens it. */
export function chooseProjectFile({ actions }: Workbench): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) void actions.openProjectFile(file)
  })
  input.click()
}
