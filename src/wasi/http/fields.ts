import { HostTrap } from '../signals.ts'
import { fieldSize, sameName, sectionSize, type Field } from './message.ts'
import { isFieldName, isFieldValue, isForbidden } from './syntax.ts'

/** Names and values that one resource holds: bytes, against a guest that appends for ever. */
const mostHeld = 1 << 20

const refuse = (tag: 'invalid-syntax' | 'forbidden' | 'immutable'): never => {
  // A payload, not an Error: the glue makes it the `err` case of the result.
  // oxlint-disable-next-line no-throw-literal
  throw { tag }
}

const checked = (name: string, values: readonly Uint8Array[]): void => {
  if (!isFieldName(name)) refuse('invalid-syntax')
  if (isForbidden(name)) refuse('forbidden')
  if (!values.every(isFieldValue)) refuse('invalid-syntax')
}

/** The class of `fields` of one run, and what the rest of the package does with its objects. */
export const createFields = () => {
  let viewOf: (list: readonly Field[], release: () => void) => Fields
  let takeOf: (fields: Fields) => readonly Field[]

  class Fields {
    #list: Field[] = []
    #size = 0
    #release: (() => void) | undefined
    #immutable = false

    #room(size: number): void {
      this.#size += size
      if (this.#size > mostHeld) throw new HostTrap(`fields hold no more than ${mostHeld} bytes`)
    }
    #change(name: string, values: readonly Uint8Array[]): void {
      if (this.#immutable) refuse('immutable')
      checked(name, values)
    }
    static fromList(entries: readonly Field[]): Fields {
      const made = new Fields()
      for (const [name, value] of entries) made.#append(name, value)
      return made
    }
    get(name: string): Uint8Array[] {
      return this.#list.flatMap(([own, value]) => (sameName(own, name) ? [value.slice()] : []))
    }
    has(name: string): boolean {
      return this.#list.some(([own]) => sameName(own, name))
    }
    set(name: string, values: readonly Uint8Array[]): void {
      this.#change(name, values)
      const at = this.#list.findIndex(([own]) => sameName(own, name))
      const others = this.#list.filter(([own]) => !sameName(own, name))
      const added = values.map((value): Field => [name, value.slice()])
      this.#size = sectionSize(others)
      this.#room(sectionSize(added))
      // Everything before the first of them stays before them.
      others.splice(at < 0 ? others.length : at, 0, ...added)
      this.#list = others
    }
    delete(name: string): void {
      if (this.#immutable) refuse('immutable')
      if (!isFieldName(name)) refuse('invalid-syntax')
      this.#list = this.#list.filter(([own]) => !sameName(own, name))
      this.#size = sectionSize(this.#list)
    }
    append(name: string, value: Uint8Array): void {
      this.#append(name, value)
    }
    // By itself, since what the guest calls is counted.
    #append(name: string, value: Uint8Array): void {
      this.#change(name, [value])
      const field: Field = [name, value.slice()]
      this.#room(fieldSize(field))
      this.#list.push(field)
    }
    entries(): [string, Uint8Array][] {
      return this.#list.map(([name, value]) => [name, value.slice()])
    }
    clone(): Fields {
      const copy = new Fields()
      copy.#list = this.#list.map(([name, value]) => [name, value.slice()])
      copy.#size = this.#size
      return copy
    }
    [Symbol.dispose](): void {
      this.#release?.()
    }
    static {
      viewOf = (list, release) => {
        const view = new Fields()
        view.#list = [...list]
        view.#size = sectionSize(list)
        view.#immutable = true
        view.#release = release
        return view
      }
      takeOf = (fields) => {
        fields.#release?.()
        return fields.#list
      }
    }
  }

  return {
    Fields,
    /** Immutable; `release` is called when the guest drops it or gives it away. */
    view: viewOf!,
    /** The guest gave them away: what is in them. */
    take: takeOf!,
  }
}

export type FieldsKit = ReturnType<typeof createFields>
export type FieldsObject = InstanceType<FieldsKit['Fields']>
