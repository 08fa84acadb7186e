import { baseOf } from '../../project/paths.ts'
import { Keys } from '../commands/keys.tsx'
import { Icon } from '../late-icons.tsx'
import type { Library } from './library-view.ts'

/** Says which file an editor shows in the place of its own, and leads back. */
export function LibraryHead({ title, leave, file }: Library & { readonly file: string }) {
  return (
    <div className="library-head">
      <output className="row grow">
        <Icon name="lock" />
        <span className="mono cut" title={title}>
          {title}
        </span>
        <span className="badge">Read-only</span>
      </output>
      <button type="button" className="button small" onClick={leave}>
        {/* In a small window the name has the room; the tab above says where it leads. */}
        <span>
          Back<span className="by-key"> to {baseOf(file)}</span>
        </span>
        <Keys chord="Esc" />
      </button>
    </div>
  )
}
