import type { OutputLog } from '../../../state/output.ts'
import { plainLine } from './ansi.ts'

/** All that was written and typed, as it reads: without the escapes of a terminal. */
export const plainOutput = ({ pieces }: OutputLog): string =>
  pieces
    .map(({ stream, text }, index) => {
      const plain = hasControls(text) ? text.split('\n').map(plainLine).join('\n') : text
      // What was typed ends its line, with Enter or with the end of input.
      const open = stream === 'stdin' && index < pieces.length - 1 && !plain.endsWith('\n')
      return open ? `${plain}\n` : plain
    })
    .join('')

// oxlint-disable-next-line no-control-regex
const hasControls = (text: string): boolean => /[\x00-\x08\x0b-\x1f\x7f-\x9f]/.test(text)
