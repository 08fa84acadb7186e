// Imports of the world are modules. Take this
// import out of world.wit and here, and the office
// is out of reach.
import {
  notify,
  taxRate,
} from 'demo:capability/office'

export function grossPrice(
  net: number,
  country: string,
): number {
  const rate = taxRate(country)
  if (rate === 0) {
    notify(`no tax rate for ${country} yet`)
  }
  return net * (1 + rate / 100)
}
