import { megabytes } from '../formats.ts'
import { useSelect } from '../workbench-context.tsx'
import { stageOf } from './stage.ts'

/** What the page is doing, or what came of the last run. */
export function StageText() {
  const { text, tone } = useSelect(stageOf)
  const progress = useSelect((state) => state.progress)
  return (
    <span className="stage" title={text}>
      <span className={`dot ${tone}`} />
      <span className="cut">{text}</span>
      {progress?.total !== undefined && (
        <b>
          {megabytes(progress.loaded ?? 0)} of {megabytes(progress.total)} MB
        </b>
      )}
    </span>
  )
}
