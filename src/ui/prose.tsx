import type { Fault, Stage } from '../contract/fault.ts'

/** Messages mark code as Markdown does: `greet`. A mark that is alone on its line stays what it is. */
const marked = /`([^`\n]+)`/g

/** A text of ours with its code as code. */
export function Prose({ text }: { text: string }) {
  // Every other part stood between marks.
  return text.split(marked).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // eslint-disable-next-line react/no-array-index-key -- parts of one text
      <code key={index}>{part}</code>
    ),
  )
}

const plain = (text: string): string => text.replaceAll(marked, "'$1'")

/** Their messages repeat what somebody else wrote: there a backtick is a backtick. */
const quoting: ReadonlySet<Stage> = new Set(['types', 'source', 'guest-init', 'call', 'trap'])

export const Message = ({ fault: { stage, message } }: { fault: Fault }) =>
  quoting.has(stage) ? message : <Prose text={message} />

/** Ends what somebody else wrote, so that another sentence can follow it. */
export const stopAfter = (text: string): string => (/[.!?…]["'”)]?\s*$/.test(text) ? '' : '.')

/** What happened and what to do, where there is only text: in a hover of the editor, in what is read out. */
export const plainFault = ({ stage, message, next }: Fault): string =>
  `${quoting.has(stage) ? message : plain(message)}${stopAfter(message)} ${plain(next)}`
