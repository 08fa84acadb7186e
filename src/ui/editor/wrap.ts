import type { Wrap } from '../../state/settings.ts'
import type { State } from '../../state/state.ts'
import type { Workbench } from '../../state/store.ts'
import { isSmall } from '../shell/breakpoints.ts'

/** Whether lines that are longer than their editor go on in another row, as things stand. */
export const wrapsLines = ({ preferences: { wrap } }: State): boolean =>
  wrap === 'auto' ? matchMedia(isSmall).matches : wrap === 'always'

/** In the editors, which follow the setting, and in the text that stands in for them. */
export function setWrap({ actions }: Pick<Workbench, 'actions'>, wrap: Wrap): void {
  actions.setPreference('wrap', wrap)
  document.documentElement.dataset['wrap'] = wrap
}
