import { monaco } from '../monaco.ts'

/** Why a name cannot be the new one, if it cannot. */
export type CheckName = (name: string) => Promise<string | undefined>

let check: CheckName | undefined
let refusals = 0

/**
 * Monaco closes the box of a renaming before it asks whether the name is possible, and tells the reason to nobody: the
 * name is asked about while the box is still there, which then says why not and keeps what was typed.
 */
export function guardRenames(): void {
  const guard = (editor: monaco.editor.ICodeEditor): void =>
    editor.getContainerDomNode().addEventListener('keydown', (event) => void onKeyDown(editor, event), true)
  for (const editor of monaco.editor.getEditors()) guard(editor)
  monaco.editor.onDidCreateEditor(guard)
}

/** How the names of the box are checked that opens next. */
export function checkNames(by: CheckName): void {
  check = by
  focusBox(Date.now() + boxPatience)
}

/** Monaco focuses the box after a moment, and not again where that was before the box could be seen. Milliseconds. */
const boxPatience = 3000

function focusBox(until: number): void {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('.rename-box .rename-input')]
  const input = inputs.find((each) => each.checkVisibility({ visibilityProperty: true }))
  if (!input) {
    if (Date.now() < until) setTimeout(() => focusBox(until), 150)
  } else if (document.activeElement !== input) {
    input.focus()
    input.select()
  }
}

async function onKeyDown(editor: monaco.editor.ICodeEditor, event: KeyboardEvent): Promise<void> {
  const input = event.target
  if (event.key !== 'Enter' || event.isComposing || !check) return
  if (!(input instanceof HTMLInputElement) || !input.classList.contains('rename-input')) return
  event.preventDefault()
  event.stopPropagation()
  const { value } = input
  const reason = value.trim() === '' ? undefined : await check(value)
  // Somebody may have left the box, or typed on.
  if (document.activeElement !== input || input.value !== value) return
  if (reason === undefined) editor.trigger('witcraft', 'acceptRenameInput', null)
  else refuse(input, reason)
}

/** Says why at the box, until something else is typed. */
function refuse(input: HTMLInputElement, reason: string): void {
  const box = input.closest('.rename-box')
  if (!box) return
  const message = box.querySelector('.rename-refusal') ?? document.createElement('div')
  message.className = 'rename-refusal'
  message.id ||= `rename-refusal-${++refusals}`
  message.setAttribute('role', 'alert')
  box.append(message)
  message.textContent = reason
  input.setAttribute('aria-invalid', 'true')
  input.setAttribute('aria-describedby', message.id)
  const clear = (): void => {
    message.remove()
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
    input.removeEventListener('input', clear)
    input.removeEventListener('blur', clear)
  }
  input.addEventListener('input', clear)
  input.addEventListener('blur', clear)
}
