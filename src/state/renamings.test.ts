import { expect, it } from 'vitest'
import { renamed, renamedCall, reversed, type Renaming } from './renamings.ts'
import { worldInput, worldKey } from './selectors.ts'
import { createWorkbench } from './store.ts'
import { fakeServices } from './testing/fakes.ts'

const store = 'demo:cart/store@1.0.0'
const shop = 'demo:cart/shop@1.0.0'
const calls: Renaming['calls'] = [
  { from: { interface: undefined, name: 'greet' }, to: { interface: undefined, name: 'welcome' } },
  { from: { interface: store, name: 'add-item' }, to: { interface: shop, name: 'add-item' } },
  { from: { interface: store, name: '[constructor]cart' }, to: { interface: shop, name: '[constructor]basket' } },
  { from: { interface: store, name: '[method]cart.total' }, to: { interface: shop, name: '[method]basket.sum' } },
]

it.each([
  ['greet("greet")', 'welcome("greet")'],
  [' greet ( 1 ) // greet', ' welcome ( 1 ) // greet'],
  ['greet', 'welcome'],
  ['greeting()', 'greeting()'],
  ['add-item(1)', 'add-item(1)'],
  ['store#add-item(1)', 'shop#add-item(1)'],
  [`${store}#add-item(1)`, `${shop}#add-item(1)`],
  ['demo:cart/store#add-item(1)', 'demo:cart/shop#add-item(1)'],
  ['new  cart("a")', 'new basket("a")'],
  ['new store#cart("a")', 'new shop#basket("a")'],
  ['cart.total(%1)', 'basket.sum(%1)'],
  ['store#[method]cart.total(%1)', 'shop#[method]basket.sum(%1)'],
  ['', ''],
])('the call %s becomes %s', (call, renamed) => {
  expect(renamedCall(call, calls)).toBe(renamed)
  const back = reversed({ world: undefined, calls, values: undefined }).calls
  if (!call.includes('  ')) expect(renamedCall(renamed, back)).toBe(call)
})

it('leaves a call alone that may be of two exports', () => {
  const from = (owner: string) => ({ interface: owner, name: 'get' })
  const two = ['a:b/c', 'a:b/d'].map((owner) => ({ from: from(owner), to: { interface: owner, name: `${owner}-x` } }))
  expect(renamedCall('get()', two)).toBe('get()')
})

it('gives the project its world and its calls under their new names', () => {
  const { actions, store } = createWorkbench(fakeServices())
  actions.openExample('hello')
  actions.openProject({ ...store.getState().project, world: 'hello' })
  actions.followRenaming(renamed(store.getState(), { world: { from: 'hello', to: 'hi' }, calls, values: undefined }))
  expect(store.getState()).toMatchObject({
    call: 'welcome("Ada")',
    project: { world: 'hi', calls: ['welcome("Ada")'] },
  })
  actions.followRenaming(
    renamed(store.getState(), { world: { from: 'hello', to: 'other' }, calls: [], values: undefined }),
  )
  expect(store.getState().project.world).toBe('hi')
})

it('prepares the renamed world, also where another was prepared before the project knew of the name', async () => {
  const { actions, store } = createWorkbench(
    fakeServices(async (files) => ({
      diagnostics: [],
      worlds: [...(files['world.wit'] ?? '').matchAll(/world (\w+)/g)].map(([, name = '']) => name),
      outlines: [],
    })),
  )
  const prepared = (): string | undefined => store.getState().prepared?.key
  const keyOf = (world: string): string => worldKey(worldInput({ ...store.getState(), worlds: [world] }, 'base'))
  const files = { 'world.wit': 'world one {} world two {}', 'main.ts': '' }
  actions.followWorld()
  actions.openProject({ ...store.getState().project, files, world: 'two' })
  await expect.poll(prepared).toBe(keyOf('two'))
  actions.editFile('world.wit', 'world one {} world zwei {}')
  await expect.poll(prepared).toBe(keyOf('one'))
  actions.followRenaming(
    renamed(store.getState(), { world: { from: 'two', to: 'zwei' }, calls: [], values: undefined }),
  )
  await expect.poll(prepared).toBe(keyOf('zwei'))
})
