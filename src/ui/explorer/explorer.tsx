import { sourceFiles, witFiles } from '../../state/selectors.ts'
import { Icon } from '../icons.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'

/** The files of the project. */
export function Explorer() {
  const { showFile } = useActions()
  const project = useSelect((state) => state.project)
  return (
    <section aria-label="Files" data-region>
      <div className="section-head">
        <h2>Files</h2>
      </div>
      <ul>
        {[...witFiles(project), ...sourceFiles(project)].map((path) => (
          <li key={path}>
            <button type="button" className="row" onClick={() => showFile(path)}>
              <Icon name={path.endsWith('.wit') ? 'wit' : 'source'} />
              {path}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
