import { signatureText } from '../../../component/type-text.ts'
import type { FunctionType } from '../../../component/types.ts'
import { highlight } from '../../editor/highlight.ts'

export function Signature({ type }: { type: FunctionType }) {
  return (
    <p className="signature mono">
      {highlight(signatureText(type), 'wit')
        .flat()
        .map((token, index) => (
          // eslint-disable-next-line react/no-array-index-key -- tokens never move on their own
          <span key={index} className={token.kind && `sx-${token.kind}`}>
            {token.text}
          </span>
        ))}
    </p>
  )
}
