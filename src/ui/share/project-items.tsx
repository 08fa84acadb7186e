import { MenuItem } from '../menu.tsx'
import { useWorkbench } from '../workbench-context.tsx'
import { chooseProjectFile } from './choose-project-file.ts'

/** What a menu offers for a project as a file. */
export function ProjectItems() {
  const workbench = useWorkbench()
  return (
    <>
      <MenuItem
        icon="download"
        title="Download all files and settings as one .json file"
        onChoose={workbench.actions.downloadProject}
      >
        Download project
      </MenuItem>
      <MenuItem
        icon="files"
        title="Open a .json file that Download project gave"
        onChoose={() => chooseProjectFile(workbench)}
      >
        Open project file…
      </MenuItem>
    </>
  )
}
