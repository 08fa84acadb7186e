import { useRef, useState } from 'react'
import { Icon } from '../late-icons.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'
import { incomingFile } from './dropped-files.ts'
import { FileTree, type Naming } from './file-tree.tsx'
import { WorldOutline } from './world-outline.tsx'
import './explorer.css'

/** The files of the project, and what its world imports and exports. */
export function Explorer() {
  // Another project has other folders: none of them is closed, and none is where new files go.
  const opened = useSelect((state) => state.opened)
  return <ProjectExplorer key={opened} />
}

function ProjectExplorer() {
  const actions = useActions()
  const [naming, setNaming] = useState<Naming>()
  const folder = useRef('')
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className="explorer">
      <section className="explorer-files" aria-labelledby="explorer-files" data-region>
        <div className="section-head">
          <h2 id="explorer-files">Files</h2>
          <span className="end">
            <HeadButton
              icon="new-file"
              label="New file"
              onClick={() => setNaming({ what: 'file', folder: folder.current })}
            />
            <HeadButton
              icon="new-folder"
              label="New folder"
              onClick={() => setNaming({ what: 'folder', folder: folder.current })}
            />
            <HeadButton icon="add-files" label="Add files" onClick={() => picker.current?.click()} />
          </span>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files to add"
            onChange={({ target }) => {
              void actions.addFiles(
                [...(target.files ?? [])].map((file) => incomingFile(file)),
                folder.current,
              )
              // The same file can be chosen again.
              target.value = ''
            }}
          />
        </div>
        <FileTree
          naming={naming}
          onName={setNaming}
          onFolder={(path) => {
            folder.current = path
          }}
        />
      </section>
      <section className="explorer-world" aria-label="World outline" data-region>
        <WorldOutline />
      </section>
    </div>
  )
}

interface HeadButtonProps {
  readonly icon: 'new-file' | 'new-folder' | 'add-files'
  readonly label: string
  readonly onClick: () => void
}

const HeadButton = ({ icon, label, onClick }: HeadButtonProps) => (
  <button type="button" className="icon-button small" aria-label={label} title={label} onClick={onClick}>
    <Icon name={icon} />
  </button>
)
