/** Punycode (RFC 3492), the way into ASCII: the numbers are those of section 5. */
const base = 36
const leastThreshold = 1
const mostThreshold = 26
const skew = 38
const damp = 700

const digit = (value: number): string => String.fromCharCode(value < 26 ? value + 97 : value + 22)

const adapt = (delta: number, points: number, first: boolean): number => {
  let rest = first ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / points)
  let steps = 0
  while (rest > ((base - leastThreshold) * mostThreshold) >> 1) {
    rest = Math.floor(rest / (base - leastThreshold))
    steps += base
  }
  return steps + Math.floor(((base - leastThreshold + 1) * rest) / (rest + skew))
}

const variableLength = (value: number, bias: number): string => {
  let out = ''
  let rest = value
  for (let step = base; ; step += base) {
    const threshold = Math.min(mostThreshold, Math.max(leastThreshold, step - bias))
    if (rest < threshold) return out + digit(rest)
    out += digit(threshold + ((rest - threshold) % (base - threshold)))
    rest = Math.floor((rest - threshold) / (base - threshold))
  }
}

/** The ASCII form of a label, without the prefix `xn--`. */
export const punycode = (label: string): string => {
  const input = [...label].map((character) => character.codePointAt(0) ?? 0)
  const basic = input.filter((point) => point < 128)
  let out = String.fromCharCode(...basic)
  if (basic.length > 0) out += '-'
  let handled = basic.length
  let next = 128
  let delta = 0
  let bias = 72
  while (handled < input.length) {
    const least = input.reduce((smallest, point) => (point >= next && point < smallest ? point : smallest), 0x110000)
    delta += (least - next) * (handled + 1)
    next = least
    for (const point of input) {
      if (point < next) delta++
      if (point !== next) continue
      out += variableLength(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic.length)
      delta = 0
      handled++
    }
    delta++
    next++
  }
  return out
}
