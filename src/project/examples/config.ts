import type { Example } from './example.ts'

export const config: Example = {
  id: 'config',
  title: 'Files and environment',
  why: 'A config reader: files that are opened for it and no others, and variables that win over them.',
  files: ['world.wit', 'main.ts'],
  world: 'config',
  calls: ['settings()', 'save("effective.conf")'],
  wasi: {
    env: { APP_PORT: '8080', HOME: '/home/ada' },
    dirs: {
      '/config': {
        readonly: true,
        'defaults.conf': '# Everybody starts with these.\nhost = localhost\nport = 80\ngreeting = Hello\n',
        'site.conf': 'greeting = Good morning\n',
      },
      '/state': { 'effective.conf': 'host = localhost\nport = 80\ngreeting = Hello\n' },
    },
  },
}
