import { capability } from './capability.ts'
import { cli } from './cli.ts'
import { config } from './config.ts'
import { dice } from './dice.ts'
import { hello } from './hello.ts'
import { httpClient } from './http-client.ts'
import { httpHandler } from './http-handler.ts'
import { resource } from './resource.ts'
import { results } from './results.ts'
import { types } from './types.ts'
import { untitled } from './untitled.ts'
import { waits } from './waits.ts'
import type { Example } from './example.ts'

/** All examples: an example is a folder with its files, a file with its settings, a line here and one in titles.ts. */
export const examples: readonly Example[] = [
  hello,
  types,
  results,
  capability,
  resource,
  cli,
  waits,
  config,
  dice,
  httpHandler,
  httpClient,
  untitled,
]
