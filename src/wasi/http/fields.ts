import { type Budget, Share } from '../budget.ts'
import { HostTrap } from '../signals.ts'
import { fieldSize, sameName, sectionSize, type Field } from './message.ts'
import { isFieldName, isFieldValue, isForbidden } from './syntax.ts'

/** Names and values that one resource holds: bytes, against a guest that appends for ever. */
const mostHeld = 1 << 20
/** What a field takes of the machine's memory beside what it counts for in a section: about so many bytes. */
const fieldCost = 168

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

/** Fields that the guest gave away, with the memory that they take. */
export interface TakenFields {
  readonly list: readonly Field[]
  readonly share: Share
}

/** The class of `fields` of one run, and what the rest of the package does with its objects. */
export const createFields = (memory: Budget) => {
  let viewOf: (list: readonly Field[], release: () => void) => Fields
  let takeOf: (fields: Fields) => TakenFields

  class Fields {
    #own: Field[] = []
    /** Of a message: it cannot be changed, and is not held here. */
    #view: readonly Field[] | undefined
    #size = 0
    #share = new Share(memory)
    #release: (() => void) | undefined

    get #list(): readonly Field[] {
      return this.#view ?? this.#own
    }
    /** Before it is so much. There is no error for that in the interface. */
    #room(size: number, count: number): void {
      if (size > mostHeld) throw new HostTrap(`fields hold no more than ${mostHeld} bytes`)
      if (!this.#share.set(size + fieldCost * count)) {
        throw new HostTrap('There is no memory left for more fields: drop some')
      }
      this.#size = size
    }
    #change(name: string, values: readonly Uint8Array[]): void {
      if (this.#view) refuse('immutable')
      checked(name, values)
    }
    static fromList(entries: readonly Field[]): Fields {
      const made = new Fields()
      try {
        for (const [name, value] of entries) made.#append(name, value)
      } catch (thrown) {
        made.#share.release()
        throw thrown
      }
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
      const at = this.#own.findIndex(([own]) => sameName(own, name))
      const others = this.#own.filter(([own]) => !sameName(own, name))
      const added = values.map((value): Field => [name, value.slice()])
      this.#room(sectionSize(others) + sectionSize(added), others.length + added.length)
      // Everything before the first of them stays before them.
      others.splice(at < 0 ? others.length : at, 0, ...added)
      this.#own = others
    }
    delete(name: string): void {
      if (this.#view) refuse('immutable')
      if (!isFieldName(name)) refuse('invalid-syntax')
      this.#own = this.#own.filter(([own]) => !sameName(own, name))
      this.#room(sectionSize(this.#own), this.#own.length)
    }
    append(name: string, value: Uint8Array): void {
      this.#append(name, value)
    }
    // By itself, since what the guest calls is counted.
    #append(name: string, value: Uint8Array): void {
      this.#change(name, [value])
      const field: Field = [name, value.slice()]
      this.#room(this.#size + fieldSize(field), this.#own.length + 1)
      this.#own.push(field)
    }
    entries(): [string, Uint8Array][] {
      return this.#list.map(([name, value]) => [name, value.slice()])
    }
    clone(): Fields {
      const copy = new Fields()
      copy.#room(sectionSize(this.#list), this.#list.length)
      copy.#own = this.#list.map(([name, value]) => [name, value.slice()])
      return copy
    }
    [Symbol.dispose](): void {
      this.#release?.()
      this.#share.release()
    }
    static {
      viewOf = (list, release) => {
        const view = new Fields()
        view.#view = list
        view.#release = release
        return view
      }
      takeOf = (fields) => {
        const list = fields.#list
        // What is viewed may be gone before the message that has it from now on.
        if (fields.#view) fields.#room(sectionSize(list), list.length)
        fields.#release?.()
        const share = fields.#share
        fields.#share = new Share(memory)
        return { list, share }
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
