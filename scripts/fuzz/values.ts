import type { FunctionItem, ValueType } from '../../src/component/types.ts'
import { arbitraryValue, arbitraryWorld, Random } from '../../src/component/testing/arbitraries.ts'
import type { Made, Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import { difference } from './equal.ts'
import { refusal, type WorldReport } from './report.ts'

/** What the host answers to the next call, and what it was called with. */
interface Exchange {
  answer: { readonly value: unknown } | { readonly error: unknown }
  received: readonly unknown[]
}

/**
 * A world whose exports do what its imports do: each call goes host to guest to host with its parameters, and the answer,
 * or the error of a `result`, comes back the same way.
 */
export async function fuzzValues(workshop: Workshop, seed: number, calls: number): Promise<WorldReport> {
  const random = new Random(seed ^ 0x5eed)
  const { wit, world, functions } = arbitraryWorld(seed, { size: 1 + random.below(4), count: 8 })
  const exchange: Exchange = { answer: { value: undefined }, received: [] }
  const host = Object.fromEntries(
    functions.map(({ name }) => [
      name,
      (...received: unknown[]) => {
        exchange.received = received
        if ('error' in exchange.answer) throw withPayload(exchange.answer.error)
        return exchange.answer.value
      },
    ]),
  )
  let made: Made
  try {
    const imports = { 'fuzz:random/host': host, 'fuzz:random/types': {} }
    made = await workshop.make(wit, guestSource(functions, random), imports, world.replace(/^.*\//, ''))
  } catch (error) {
    return refusal(error, wit)
  }
  const mismatches: string[] = []
  for (let call = 0; call < calls; call++) {
    const item = random.pick(functions)
    const found = oneCall(made.exports.api, item, exchange, random)
    if (found === undefined) continue
    const uncaught = made.uncaught()
    mismatches.push(`${item.name}, call ${call}: ${found}${uncaught ? ` (${uncaught.kind}: ${uncaught.message})` : ''}`)
    // After a trap nothing else can be learnt from this instance.
    return { wit, calls: call + 1, mismatches }
  }
  return { wit, calls, mismatches }
}

/** Some guests pass values on as they are, some take them apart first: plain arrays where typed ones came. */
function guestSource(functions: readonly FunctionItem[], random: Random): string {
  const copies = random.chance(0.5)
  const isAsync = random.chance(0.3) ? 'async ' : ''
  const members = functions.map(
    ({ name }) => `${isAsync}${name}(...values) { return copy(host.${name}(...values.map(copy))) }`,
  )
  const plain = `(value) => {
    if (typeof value !== 'object' || value === null) return value
    if (ArrayBuffer.isView(value)) return Array.from(value)
    if (Array.isArray(value)) return value.map(copy)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]))
  }`
  return `import * as host from 'fuzz:random/host'
const copy = ${copies ? plain : '(value) => value'}
export const api = { ${members.join(',\n')} }`
}

function oneCall(
  // oxlint-disable-next-line typescript/no-explicit-any
  api: any,
  { name, type }: FunctionItem,
  exchange: Exchange,
  random: Random,
): string | undefined {
  const sent = type.params.map((param) => arbitraryValue(param.type, random))
  exchange.received = []
  exchange.answer = answerFor(type.result, random)
  let got: Exchange['answer']
  try {
    got = { value: api[name](...sent) }
  } catch (error) {
    if (!(error instanceof Error) || !Object.hasOwn(error, 'payload')) return `it threw ${String(error)}`
    got = { error: Reflect.get(error, 'payload') }
  }
  const onTheWay = difference(sent, exchange.received, 'parameters')
  return onTheWay ?? difference(exchange.answer, got, 'answer')
}

function answerFor(type: ValueType | undefined, random: Random): Exchange['answer'] {
  if (type === undefined) return { value: undefined }
  if (type.kind !== 'result' || type.name !== undefined) return { value: arbitraryValue(type, random) }
  if (random.chance(0.5)) return { error: type.err ? arbitraryValue(type.err, random) : undefined }
  return { value: type.ok ? arbitraryValue(type.ok, random) : undefined }
}

const withPayload = (payload: unknown): Error => Object.assign(new Error('the host refuses'), { payload })
