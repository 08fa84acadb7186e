import type { Diagnostic } from '../../contract/fault.ts'
import { fail } from '../../contract/fault.ts'
import type { Outcome } from '../../contract/fault.ts'
import { compileTypeScript } from '../languages/typescript/compile.ts'
import type { ModuleCache } from '../languages/typescript/compile.ts'
import type { BuiltinPackages } from '../wit/builtin.ts'
import { assembleWit, neededBuiltins } from '../wit/source.ts'
import type { LanguageRequest } from './protocol.ts'

type Files = Readonly<Record<string, string>>

export interface WitChecker {
  /** Mistakes with their places; `builtins` are the packages that the files name and do not contain. */
  (files: Files, builtins: readonly { readonly package: string; readonly text: string }[]): readonly Diagnostic[]
}

/** What the light worker does, apart from being a worker. */
export class LanguageOperations {
  private readonly builtin: BuiltinPackages
  private readonly checkWit: WitChecker
  private readonly modules: ModuleCache = new Map()

  constructor(builtin: BuiltinPackages, checkWit: WitChecker) {
    this.builtin = builtin
    this.checkWit = checkWit
  }

  run(request: LanguageRequest): Outcome<unknown> {
    switch (request.op) {
      case 'compile':
        return compileTypeScript(request.files, request.entry, this.modules)
      case 'assemble-wit': {
        // Our own checker knows the place of a mistake, jco's tools do not: it has the first word.
        const diagnostics = this.checkWit(request.wit, neededBuiltins(request.wit, this.builtin))
        const error = diagnostics.find(({ severity }) => severity === 'error')
        if (error === undefined) return assembleWit(request.wit, request.world, this.builtin)
        const { severity: _, ...fault } = error
        return fail(fault)
      }
    }
  }
}
