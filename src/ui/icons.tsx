/** Line icons on a 16 px grid that the page shows at once. They only ever accompany words. */
const paths = {
  chevron: 'M4 6l4 4 4-4',
  'chevron-up': 'M4 10l4-4 4 4',
  'collapse-right': 'M2.500 3h11v10h-11zM10 3v10M5 6l2 2-2 2',
  files: 'M2.500 3h11v10h-11zM6 3v10',
  export: 'M8 10V2M4.500 5.200 8 1.800l3.500 3.400M2.500 9.500v4h11v-4',
  more: 'M2.700 8a.8.8 0 1 0 1.600 0a.8.8 0 1 0-1.600 0M7.200 8a.8.8 0 1 0 1.600 0a.8.8 0 1 0-1.600 0M11.700 8a.8.8 0 1 0 1.600 0a.8.8 0 1 0-1.600 0',
  play: 'M4 2.5v11l9-5.5z',
  stop: 'M4 4h8v8H4z',
  download: 'M8 2v8M4.500 6.800 8 10.200l3.500-3.400M2.500 13.500h11',
  theme: 'M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 0 0 0-11zM8 2.500v11M10 3v10M12 4.300v7.400',
  settings:
    'M8 5.800a2.200 2.200 0 1 0 0 4.400a2.200 2.200 0 0 0 0-4.400zM6.900 2h2.200l.4 1.700 1.300.7 1.600-.5 1.100 1.900-1.200 1.200v1.500l1.200 1.200-1.100 1.900-1.600-.5-1.300.7-.4 1.700H6.900l-.4-1.700-1.300-.7-1.600.5-1.100-1.900 1.200-1.200V7l-1.200-1.200 1.100-1.900 1.600.5 1.300-.7z',
  wit: 'M2.500 5.500 5 12l3-5 3 5 2.500-6.500',
  source: 'M5.500 4 2 8l3.500 4M10.500 4 14 8l-3.500 4',
  cross: 'M4 4l8 8M12 4l-8 8',
  error: 'M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM8 4.800v3.800M8 11v.1',
  warning: 'M8 2.200 14.500 13.500h-13zM8 6.500v3.200M8 11.600v.1',
  link: 'M6.500 9.500a3 3 0 0 0 4.300.2l2.200-2.200a3 3 0 0 0-4.200-4.200L7.700 4.400M9.500 6.500a3 3 0 0 0-4.300-.2L3 8.500a3 3 0 0 0 4.200 4.200l1.100-1.100',
  shield: 'M8 2l5 1.800v4.400c0 3-2 5-5 6-3-1-5-3-5-6V3.800z',
  clock: 'M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM8 5v3l2 1.500',
  chart: 'M2.500 13.500h11M4.500 11V7M8 11V3M11.500 11V8.500',
  terminal: 'M2.500 3h11v10h-11zM5 6l2 2-2 2M8.500 10.500H11',
} as const

export type IconName = keyof typeof paths

export interface IconProps<Name extends string> {
  readonly name: Name
  readonly small?: boolean
}

export const Icon = ({ name, small = false }: IconProps<IconName>) => (
  <Outline d={paths[name]} small={small} filled={name === 'play' || name === 'stop'} />
)

interface OutlineProps {
  readonly d: string
  readonly small: boolean
  readonly filled?: boolean
}

export const Outline = ({ d, small, filled = false }: OutlineProps) => (
  <svg className={small ? 'icon small' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
    <path d={d} {...(filled ? { fill: 'currentColor', stroke: 'none' } : {})} />
  </svg>
)

export function Mark() {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3.4 6.2 6.6 16 10 8.2 13.4 16l3.2-9.8" />
      <circle cx="3.2" cy="4" r="1.7" />
      <circle cx="10" cy="5.8" r="1.7" />
      <circle cx="16.8" cy="4" r="1.7" />
    </svg>
  )
}
