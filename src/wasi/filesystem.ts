import type { ServedInterface } from './gate.ts'
import { refusingResource } from './refusing.ts'

const descriptorMethods =
  'readViaStream writeViaStream appendViaStream advise syncData getFlags getType setSize setTimes read write ' +
  'readDirectory sync createDirectoryAt stat statAt setTimesAt linkAt openAt readlinkAt removeDirectoryAt renameAt ' +
  'symlinkAt unlinkFileAt isSameObject metadataHash metadataHashAt'

/** wasi:filesystem with nothing in it: no directory is open, so that no descriptor exists. */
export const filesystem = (): Record<string, ServedInterface> => ({
  'wasi:filesystem/preopens': { functions: { 'get-directories': () => [] } },
  'wasi:filesystem/types': {
    resources: {
      descriptor: refusingResource(descriptorMethods.split(' '), 'bad-descriptor'),
      'directory-entry-stream': refusingResource(['readDirectoryEntry'], 'bad-descriptor'),
    },
    functions: { 'filesystem-error-code': () => undefined },
    refusal: () => 'not-permitted',
    infallible: ['[method]descriptor.is-same-object', 'filesystem-error-code'],
  },
})
