import type { BorrowType, OwnType, ResourceType, ValueType } from '../../../../component/types.ts'
import type { Conversions } from './converter.ts'
import { type Code, i32 } from './emitter.ts'
import type { Glue } from './glue.ts'
import type { Mode } from './layout.ts'
import { loadFunction } from './load.ts'
import { type PlannedResource, resourceKey } from './plan.ts'
import { storeFunction } from './store.ts'
import { TypeKeys } from './type-key.ts'

export class EmittedConversions implements Conversions {
  readonly glue: Glue
  readonly keys = new TypeKeys()
  readonly #resources: ReadonlyMap<string, number>

  constructor(glue: Glue, resources: readonly PlannedResource[]) {
    this.glue = glue
    this.#resources = new Map(resources.map(({ type, index }) => [resourceKey(type), index]))
  }

  load(type: ValueType, mode: Mode): Code {
    return loadFunction(this, type, mode).call
  }

  store(type: ValueType, mode: Mode): Code {
    return storeFunction(this, type, mode).call
  }

  liftHandle(type: OwnType | BorrowType, handle: Code): Code {
    const { glue } = this
    const index = glue.number(i32.const(this.resourceIndex(type.resource)))
    return glue.help('liftResource', index, glue.number(handle), glue.number(i32.const(type.kind === 'own' ? 1 : 0)))
  }

  resourceIndex(resource: ResourceType): number {
    const index = this.#resources.get(resourceKey(resource))
    if (index === undefined) throw new Error(`the resource ${resource.name} is not in the world`)
    return index
  }
}
