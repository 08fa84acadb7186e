import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { fitsSetting, settingBounds, type NumberSetting as Name } from '../../state/settings.ts'
import { dialogStore } from '../dialogs/open-dialog.ts'
import { useActions, useSelect } from '../workbench-context.tsx'

interface NumberSettingProps {
  readonly name: Name
  readonly label: string
  readonly unit: string
  readonly hint?: string
}

/** A whole number. It takes effect as soon as it fits; until then the setting stays as it was, and the field says why. */
export function NumberSetting({ name, label, unit, hint }: NumberSettingProps) {
  const { setPreference } = useActions()
  const value = useSelect((state) => state.preferences[name])
  const [draft, setDraft] = useState<string>()
  const id = useId()
  const wanted = useStore(dialogStore, ({ at }) => at === name)
  const { least, most } = settingBounds[name]
  const wrong = draft !== undefined && !fitsSetting(name, numberOf(draft))
  const words = wrong ? `From ${least} to ${most.toLocaleString('en')}. Still ${value}.` : hint
  return (
    <div className="settings-row">
      <label htmlFor={id}>
        {label} <span className="dim">{unit}</span>
      </label>
      <input
        id={id}
        className="input mono"
        type="number"
        data-autofocus={wanted || undefined}
        inputMode="numeric"
        min={least}
        max={most}
        step={1}
        value={draft ?? value}
        aria-invalid={wrong}
        aria-describedby={words === undefined ? undefined : `${id}words`}
        onChange={({ target }) => {
          setDraft(target.value)
          const next = numberOf(target.value)
          if (fitsSetting(name, next)) setPreference(name, next)
        }}
        onBlur={() => setDraft(undefined)}
      />
      {words !== undefined && (
        <output id={`${id}words`} className={wrong ? 'settings-words err' : 'settings-words'}>
          {words}
        </output>
      )}
    </div>
  )
}

/** `Number` reads an empty text as 0. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
