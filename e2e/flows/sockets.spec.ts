import { expect, test } from '@playwright/test'
import { Workbench } from '../workbench.ts'

const world = `package demo:talk;

world talk {
  import wasi:sockets/instance-network@0.2.12;
  import wasi:sockets/ip-name-lookup@0.2.12;
  import wasi:sockets/tcp-create-socket@0.2.12;
  import wasi:sockets/tcp@0.2.12;
  export echo: func(text: string) -> string;
  export dial: func(name: string) -> result<_, string>;
  export wait: func();
}
`
const main = `import { instanceNetwork } from 'wasi:sockets/instance-network@0.2.12'
import { resolveAddresses } from 'wasi:sockets/ip-name-lookup@0.2.12'
import { createTcpSocket } from 'wasi:sockets/tcp-create-socket@0.2.12'

const network = instanceNetwork

function listen() {
  const listener = createTcpSocket('ipv4')
  listener.startBind(network(), { tag: 'ipv4', val: { port: 0, address: [127, 0, 0, 1] } })
  listener.finishBind()
  listener.startListen()
  listener.finishListen()
  return listener
}

export function echo(text: string): string {
  const listener = listen()
  const client = createTcpSocket('ipv4')
  client.startConnect(network(), listener.localAddress())
  const [, output] = client.finishConnect()
  output.blockingWriteAndFlush(new TextEncoder().encode(text))
  const [, input] = listener.accept()
  return new TextDecoder().decode(input.blockingRead(100n))
}

export function dial(name: string): void {
  try {
    resolveAddresses(network(), name).resolveNextAddress()
  } catch (error) {
    throw String((error as { payload: string }).payload)
  }
}

export function wait(): void {
  listen().subscribe().block()
}
`

test('a component talks to itself over the network of its run, and reaches nothing else', async ({ page }) => {
  const outside: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).hostname === 'example.com') outside.push(request.url())
  })
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('world.wit', world)
  await workbench.setFile('main.ts', main)

  await workbench.runToEnd('echo("over the wire")')
  await expect(workbench.result).toContainText('over the wire')

  await workbench.runToEnd('dial("example.com")')
  await expect(workbench.result).toContainText('name-unresolvable')
  expect(outside).toEqual([])

  // Nobody can ever connect: that is said, and nothing hangs.
  await workbench.runToEnd('wait()')
  await expect(workbench.result.getByRole('alert')).toContainText('never happen')
})
