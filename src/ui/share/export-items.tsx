import { MenuItem } from '../menu.tsx'
import { useActions, useSelect, useWorkbench } from '../workbench-context.tsx'
import { chooseProjectFile } from './choose-project-file.ts'

/** What a menu offers to take along: the component, and the project as a file. */
export function ExportItems() {
  const workbench = useWorkbench()
  return (
    <>
      <DownloadItem />
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

function DownloadItem() {
  const { download } = useActions()
  const downloading = useSelect((state) => state.downloading)
  return (
    <MenuItem
      icon="download"
      title="Download the component as a .wasm file"
      disabled={downloading}
      onChoose={() => void download()}
    >
      Download .wasm
    </MenuItem>
  )
}
