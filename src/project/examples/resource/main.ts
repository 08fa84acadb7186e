import type { Refusal } from 'demo:bank/accounts'

// A resource is a class. A handle outside is an
// object in here.
class Account {
  private cents = 0n
  private readonly name: string

  constructor(owner: string) {
    this.name = owner
  }

  owner(): string {
    return this.name
  }

  balance(): bigint {
    return this.cents
  }

  deposit(amount: number): bigint {
    this.cents += BigInt(amount)
    return this.cents
  }

  withdraw(amount: number): bigint {
    const missing = BigInt(amount) - this.cents
    if (missing > 0n) {
      throw {
        tag: 'not-enough',
        val: missing,
      } satisfies Refusal
    }
    this.cents -= BigInt(amount)
    return this.cents
  }

  static openWith(
    owner: string,
    amount: number,
  ): Account {
    const account = new Account(owner)
    account.deposit(amount)
    return account
  }
}

function transfer(
  source: Account,
  target: Account,
  amount: number,
): void {
  if (source === target) {
    throw { tag: 'same-account' } satisfies Refusal
  }
  source.withdraw(amount)
  target.deposit(amount)
}

function close(account: Account): bigint {
  return account.balance()
}

export const accounts = { Account, transfer, close }
