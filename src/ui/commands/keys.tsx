import { keyNames, type Chord } from './chords.ts'

export function Keys({ chord }: { chord: Chord }) {
  return (
    <span className="keys">
      {keyNames(chord).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  )
}
