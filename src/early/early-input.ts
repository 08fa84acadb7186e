declare global {
  interface Window {
    witcraftEarly?: EarlyInput & {
      /** What the build drew is there. */
      readonly drawn: () => void
    }
  }
}

export interface EarlyInput {
  /**
   * Asked right before the script's page takes the place of the one that the build drew. What it gives does there what
   * was done here: presses the same buttons, types the same text, puts the focus into the same place.
   */
  carry(): () => void
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const fields = 'input, textarea, select'

/**
 * Keeps what people do on the page that the build drew: a press of Run is no less meant because it came early. Controls
 * are told apart by what they are called. Where the address asks for another project nothing is kept: it was not meant
 * for that one, and opening a link never runs it.
 */
export function watchEarlyInput(): EarlyInput {
  const pressed = new Set<HTMLElement>()
  const typed = new Set<Field>()
  const root = document.documentElement

  function press(button: HTMLElement): void {
    if (button.closest('.editor-failure')) return location.reload()
    if (root.dataset['opening'] !== undefined) return undefined
    pressed.add(button)
    button.dataset['pressed'] = ''
    for (const stage of document.querySelectorAll('[data-drawn] .stage .cut')) stage.textContent = 'Opening the page'
  }

  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-drawn] button') : null
    if (button) press(button)
  })
  document.addEventListener('keydown', (event) => {
    // The key map comes a moment after the page, and then answers first.
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
    const run = [...document.querySelectorAll<HTMLElement>('.run')].find(isShown)
    if (!run) return
    event.preventDefault()
    run.click()
  })
  document.addEventListener('input', ({ target }) => {
    if (!isField(target) || !target.closest('[data-drawn]')) return
    typed.add(target)
    target.dataset['typed'] = ''
  })
  window.addEventListener('error', ({ target }) => target instanceof HTMLScriptElement && sayFailure(), true)

  return {
    carry() {
      if (root.dataset['opening'] !== undefined) return () => {}
      const focused = document.activeElement
      const place = focused?.closest('[data-drawn]') ? focused : undefined
      const [from, to] = isField(place) && 'selectionStart' in place ? [place.selectionStart, place.selectionEnd] : []
      return () => {
        for (const field of typed) fill(field)
        const there = place && sameAs(place)
        there?.focus()
        if (isField(there) && 'selectionStart' in there && typeof from === 'number') {
          there.setSelectionRange(from, to ?? from)
        }
        for (const button of pressed) sameAs(button)?.click()
      }
    },
  }
}

const isShown = (element: Element): boolean => element.getClientRects().length > 0
const isField = (element: unknown): element is Field => element instanceof Element && element.matches(fields)

const nameOf = (element: Element): string =>
  `${element.getAttribute('role') ?? element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`

function sameAs(element: Element): HTMLElement | undefined {
  const name = nameOf(element)
  return [...document.querySelectorAll<HTMLElement>(`button, [tabindex], ${fields}`)].find(
    (each) => nameOf(each) === name && isShown(each),
  )
}

function fill(field: Field): void {
  const there = sameAs(field)
  if (!isField(there)) return
  there.focus()
  // As typed: React keeps a setter of its own on the element, and would not notice.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(there), 'value')?.set?.call(there, field.value)
  there.dispatchEvent(new Event(there instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
}

/** Nothing on the page will ever answer: says so where the code is. */
function sayFailure(): void {
  for (const area of document.querySelectorAll('[data-drawn] .code-area')) {
    area.insertAdjacentHTML(
      'afterbegin',
      '<p class="editor-failure" role="alert">The page did not arrive. Check the connection. <button class="button small">Try again</button></p>',
    )
  }
}
