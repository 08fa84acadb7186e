import { Icon as EarlyIcon, Outline, type IconName, type IconProps } from './icons.tsx'

/** The icons of what comes after the first page, so that it does not wait for them. */
const paths = {
  plus: 'M8 3v10M3 8h10',
  check: 'M3 8.500 6.500 12 13 4.500',
  copy: 'M5.500 5.500h8v8h-8zM3.500 10.500h-1v-8h8v1',
  replay: 'M3 3v3.500h3.500M3.200 6.500a5.300 5.300 0 1 1-.4 3',
  info: 'M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM8 7.200v4M8 5v.1',
  rename: 'M11 2.500 13.500 5 6 12.500l-3 .500.500-3z',
  pin: 'M6 2.500h4l-.5 4 2.500 2.500H4l2.500-2.500zM8 9v5',
  folder: 'M2 4.500V13h12V5H8L6.500 3H2z',
  component: 'M2.500 2.500h3.200a2.300 2.300 0 0 0 4.600 0h3.200v11h-11z',
  lock: 'M3.500 7.500h9v6h-9zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  file: 'M3.500 1.800h5.500l3.500 3.500v9h-9zM9 1.800v3.500h3.500',
  'new-file': 'M9 1.800H3.500v12.500H8M9 1.800l3.500 3.500M9 1.800v3.500h3.500v3M12 10.500v4.500M9.800 12.800h4.500',
  'new-folder': 'M8.500 13H2V3h4.500L8 5h6v3.500M12 10.500v4.500M9.800 12.800h4.500',
  'add-files': 'M8 10V2.500M4.800 5.500 8 2.200l3.200 3.300M2.500 10v3.500h11V10',
  trace: 'M2.500 3.500h11M2.500 12.500h11M5 3.500l6 9M9.500 3.500l2 9',
  'call-out': 'M6 4l4 4-4 4',
  'call-in': 'M2.500 8h10M9 4.500 12.500 8 9 11.500',
  'call-back': 'M13.500 8h-10M7 4.500 3.500 8 7 11.500',
  'arrow-left': 'M13 8H3.500M7 4.500 3.500 8 7 11.500',
  'arrow-right': 'M3 8h9.500M9 4.500 12.500 8 9 11.500',
  'to-start': 'M3.500 3.500v9M12.500 4l-6 4 6 4z',
  enlarge: 'M9.500 2.500h4v4M13.500 2.500l-4.500 4.500M6.500 13.500h-4v-4M2.500 13.500 7 9',
  shrink: 'M13.500 6.500h-4v-4M9.500 6.500 14 2M2.500 9.500h4v4M6.500 9.500 2 14',
  ring: 'M8 4.500a3.500 3.500 0 1 0 0 7a3.500 3.500 0 0 0 0-7z',
  denied: 'M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM3.800 3.800l8.400 8.400',
} as const

type LateName = keyof typeof paths
export type AnyIcon = IconName | LateName

const isLate = (name: AnyIcon): name is LateName => name in paths

/** Every icon there is. */
export const Icon = ({ name, small = false }: IconProps<AnyIcon>) =>
  isLate(name) ? <Outline d={paths[name]} small={small} /> : <EarlyIcon name={name} small={small} />
