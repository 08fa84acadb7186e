// Run it twice: the dice fall the same way, at the
// same time. Then choose another seed under Clock &
// Env, or freeze the clock and step it from die to
// die.
import type { Hand } from 'demo:dice/dice'

const rest = (ms: number): Promise<void> =>
  new Promise((done) => setTimeout(done, ms))

async function throwDie(): Promise<number> {
  // It rolls for up to two seconds, which take no
  // time unless the clock is real.
  await rest(Math.round(500 + Math.random() * 1500))
  return 1 + Math.floor(Math.random() * 6)
}

export async function roll(
  count: number,
): Promise<Hand> {
  const dice: number[] = []
  for (let i = 0; i < count; i++) {
    const die = await throwDie()
    dice.push(die)
    const time = new Date()
      .toISOString()
      .slice(11, 23)
    console.log(
      `${time}  ${'⚀⚁⚂⚃⚄⚅'[die - 1]} ${die}`,
    )
  }
  return {
    dice: Uint8Array.from(dice),
    total: dice.reduce((sum, die) => sum + die, 0),
    at: new Date().toISOString(),
  }
}
