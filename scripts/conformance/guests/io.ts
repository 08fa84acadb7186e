import { bytes, equal, errOf, failsWith, holds, rulesOf, text } from './check.ts'
import { getStderr } from 'wasi:cli/stderr@0.2.12'
import { getStdin } from 'wasi:cli/stdin@0.2.12'
import { getStdout } from 'wasi:cli/stdout@0.2.12'
import { now, subscribeDuration, subscribeInstant } from 'wasi:clocks/monotonic-clock@0.2.12'
import { poll } from 'wasi:io/poll@0.2.12'
import { lostConnection, pair } from './connections.ts'

const onPoll = rulesOf('wasi:io/poll')

onPoll(
  'pollable.ready',
  'Returns true when the pollable is ready, and false otherwise. This function never blocks.',
  () => {
    equal(subscribeDuration(1_000_000_000n).ready(), false)
    equal(subscribeInstant(0n).ready(), true)
  },
)
onPoll(
  'pollable.block',
  'block returns immediately if the pollable is ready, and otherwise blocks until ready.',
  () => {
    const from = now()
    subscribeInstant(0n).block()
    holds(now() - from < 1_000_000n, 'a ready pollable blocked')
    const later = subscribeDuration(5_000_000n)
    later.block()
    equal(later.ready(), true)
    holds(now() - from >= 5_000_000n, 'it did not block until the deadline')
  },
)
onPoll('poll', 'The result contains one or more indices of handles in the argument list that is ready for I/O.', () => {
  const list = [subscribeDuration(9_000_000n), subscribeInstant(0n), subscribeInstant(0n)]
  equal(poll(list), [1, 2])
})
onPoll('poll', 'This function … waits until one or more of the events is ready for I/O.', () => {
  const from = now()
  equal(poll([subscribeDuration(30_000_000n), subscribeDuration(10_000_000n)]), [1])
  holds(now() - from >= 10_000_000n, 'it did not wait')
})
onPoll('poll', 'A timeout can be implemented by adding a pollable from the wasi-clocks API to the list.', () => {
  const { client } = pair()
  equal(poll([client.input.subscribe(), subscribeDuration(1_000_000n)]), [1])
})
onPoll(
  'poll',
  'If any of the I/O sources identified by the pollables has an error, it is indicated by … being ready.',
  () => {
    const { client, end } = lostConnection()
    equal(poll([client.output.subscribe()]), [0])
    failsWith(() => client.output.checkWrite(), 'last-operation-failed')
    end()
  },
)
onPoll('poll', 'A handle that is in the list more than once has every one of its indices in the result.', () => {
  const once = subscribeInstant(0n)
  equal(poll([once, subscribeDuration(1n << 60n), once, once]), [0, 2, 3])
})
onPoll('poll', 'This function traps if the list is empty.', () => void poll([]), { traps: 'empty list' })
onPoll(
  'poll',
  'Waiting for what can never happen traps instead of hanging.',
  () => {
    poll([pair().client.input.subscribe()])
  },
  { traps: 'never happen' },
)

const onError = rulesOf('wasi:io/error')
onError('error.to-debug-string', 'Returns a string that is suitable to assist humans in debugging this error.', () => {
  const { client } = lostConnection()
  const failure = errOf(() => client.output.checkWrite()) as { val: { toDebugString(): string } }
  holds(failure.val.toDebugString().length > 0, 'the text is empty')
})

const on = rulesOf('wasi:io/streams')
const hello = { settings: { stdin: 'Hello' } }

on(
  'input-stream.read',
  'The returned list will contain up to len bytes; it may return fewer than requested, but not more.',
  () => {
    const stdin = getStdin()
    equal(text(stdin.read(2n)), 'He')
    holds(stdin.read(100n).length <= 3, 'more than there is')
  },
  hello,
)
on('input-stream.read', 'The list is empty when no bytes are available for reading at this time.', () => {
  equal(pair().client.input.read(9n), [])
})
on(
  'input-stream.read',
  'This function fails with … closed when the stream is closed.',
  () => {
    const stdin = getStdin()
    stdin.blockingRead(99n)
    failsWith(() => stdin.read(1n), 'closed')
    failsWith(() => stdin.read(1n), 'closed')
  },
  hello,
)
on(
  'input-stream.read',
  'When the caller gives a len of 0 … if the stream is still open, this call should succeed and return an empty list, or otherwise fail with closed.',
  () => {
    const stdin = getStdin()
    equal(stdin.read(0n), [])
    stdin.blockingRead(99n)
    failsWith(() => stdin.read(99n), 'closed')
    failsWith(() => stdin.read(0n), 'closed')
  },
  hello,
)
on(
  'input-stream.read',
  'The len parameter is a u64 … The callee may return a list of bytes less than len in size.',
  () => {
    equal(text(getStdin().read((1n << 64n) - 1n)), 'Hello')
  },
  hello,
)
on(
  'input-stream.read',
  'This function fails with … last-operation-failed when the operation encounters an error; after this the stream will be closed.',
  () => {
    const { client } = lostConnection()
    failsWith(() => client.input.read(1n), 'last-operation-failed')
    failsWith(() => client.input.read(1n), 'closed')
  },
)
on(
  'input-stream.blocking-read',
  'Read bytes from a stream, after blocking until at least one byte can be read.',
  () => {
    const { client, server } = pair()
    server.output.blockingWriteAndFlush(bytes('abc'))
    equal(text(client.input.blockingRead(2n)), 'ab')
    equal(text(client.input.blockingRead(2n)), 'c')
  },
)
on(
  'input-stream.blocking-read',
  'Except for blocking, behavior is identical to read: a length of 0 asks for nothing.',
  () => {
    equal(pair().client.input.blockingRead(0n), [])
  },
)
on(
  'input-stream.blocking-read',
  'Waiting for bytes that nobody can send traps instead of hanging.',
  () => {
    pair().client.input.blockingRead(1n)
  },
  { traps: 'never happen' },
)
on(
  'input-stream.skip',
  'Behaves identical to read, except instead of returning a list of bytes, returns the number of bytes consumed from the stream.',
  () => {
    const stdin = getStdin()
    equal(stdin.skip(2n), 2n)
    equal(stdin.skip(0n), 0n)
    equal(text(stdin.read(99n)), 'llo')
    failsWith(() => stdin.skip(1n), 'closed')
  },
  hello,
)
on(
  'input-stream.blocking-skip',
  'Skip bytes from a stream, after blocking until at least one byte can be skipped.',
  () => {
    const stdin = getStdin()
    equal(stdin.blockingSkip(99n), 5n)
    failsWith(() => stdin.blockingSkip(1n), 'closed')
  },
  hello,
)
on(
  'input-stream.subscribe',
  'A pollable which will resolve once either the specified stream has bytes available to read or the other end of the stream has been closed.',
  () => {
    const { client, server } = pair()
    const pollable = client.input.subscribe()
    equal(pollable.ready(), false)
    server.output.blockingWriteAndFlush(bytes('x'))
    equal(pollable.ready(), true)
    client.input.read(1n)
    equal(pollable.ready(), false)
    server.socket.shutdown('send')
    equal(pollable.ready(), true)
  },
)

on('output-stream.check-write', 'Returns the number of bytes permitted for the next call to write.', () => {
  holds(getStdout().checkWrite() > 0n, 'nothing is permitted')
})
on(
  ['output-stream.check-write', 'output-stream.subscribe'],
  'When this function returns 0 bytes, the subscribe pollable will become ready when this function will report at least 1 byte, or an error.',
  () => {
    const { client, server } = pair()
    const pollable = client.output.subscribe()
    for (let permit = client.output.checkWrite(); permit > 0n; permit = client.output.checkWrite()) {
      client.output.write(new Uint8Array(Number(permit)))
    }
    equal(pollable.ready(), false)
    server.input.read(1n)
    equal(pollable.ready(), true)
    equal(client.output.checkWrite(), 1n)
  },
)
on(
  'output-stream.write',
  'The bytes from contents are written verbatim.',
  () => {
    const stdout = getStdout()
    stdout.checkWrite()
    stdout.write(bytes('ä\u0000b'))
  },
  { stdout: 'ä\u0000b' },
)
on(
  'output-stream.write',
  'Precondition: check-write gave permit of Ok(n) and contents has a length of less than or equal to n. Otherwise, this function will trap. (no permit)',
  () => {
    getStdout().write(bytes('x'))
  },
  { traps: 'check-write', stdout: '' },
)
on(
  'output-stream.write',
  'Calling write with more bytes than this function has permitted will trap.',
  () => {
    const stdout = getStdout()
    stdout.write(new Uint8Array(Number(stdout.checkWrite()) + 1))
  },
  { traps: 'check-write', stdout: '' },
)
on(
  'output-stream.write',
  'Returns Err(closed) without writing if the stream has closed since the last call to check-write provided a permit.',
  () => {
    const { client } = pair()
    client.output.checkWrite()
    client.socket.shutdown('send')
    failsWith(() => client.output.write(bytes('x')), 'closed')
  },
)
on(
  'output-stream.blocking-write-and-flush',
  'Perform a write of up to 4096 bytes, and then flush the stream.',
  () => {
    getStdout().blockingWriteAndFlush(new Uint8Array(4096).fill(97))
  },
  { stdout: 'a'.repeat(4096) },
)
on(
  'output-stream.blocking-write-and-flush',
  'Perform a write of up to 4096 bytes: more traps.',
  () => {
    getStdout().blockingWriteAndFlush(new Uint8Array(4097))
  },
  { traps: '4096', stdout: '' },
)
on(
  'output-stream.blocking-write-and-flush',
  'If an error occurs at any point before all contents are successfully flushed, that error is returned.',
  () => {
    failsWith(() => lostConnection().client.output.blockingWriteAndFlush(bytes('x')), 'last-operation-failed')
  },
)
on(
  'output-stream.flush',
  'Request to flush buffered output. This function never blocks.',
  () => {
    const stdout = getStdout()
    stdout.checkWrite()
    stdout.write(bytes('x'))
    stdout.flush()
  },
  { stdout: 'x' },
)
on(
  'output-stream.blocking-flush',
  'Request to flush buffered output, and block until flush completes and stream is ready for writing again.',
  () => {
    const stdout = getStdout()
    stdout.checkWrite()
    stdout.write(bytes('x'))
    stdout.blockingFlush()
    holds(stdout.checkWrite() > 0n, 'it is not ready for writing')
  },
  { stdout: 'x' },
)
on(
  'output-stream.subscribe',
  'When this pollable is ready, check-write will return ok(n) with n>0, or an error. If the stream is closed, this pollable is always ready immediately.',
  () => {
    const { client } = pair()
    equal(client.output.subscribe().ready(), true)
    client.socket.shutdown('send')
    equal(client.output.subscribe().ready(), true)
  },
)
on(
  'output-stream.write-zeroes',
  'This should be used precisely like write with the exact same preconditions, but … you simply pass the number of zero-bytes that should be written.',
  () => {
    const stdout = getStdout()
    stdout.checkWrite()
    stdout.writeZeroes(3n)
  },
  { stdout: '\u0000\u0000\u0000' },
)
on(
  'output-stream.write-zeroes',
  'The exact same preconditions: without a permit it traps.',
  () => {
    getStdout().writeZeroes(1n)
  },
  { traps: 'check-write' },
)
on(
  'output-stream.blocking-write-zeroes-and-flush',
  'Functionality is equivelant to blocking-write-and-flush with contents given as a list of len containing only zeroes.',
  () => {
    getStderr().blockingWriteZeroesAndFlush(2n)
  },
  { stderr: '\u0000\u0000' },
)
on(
  'output-stream.blocking-write-zeroes-and-flush',
  'Perform a write of up to 4096 zeroes: more traps.',
  () => {
    getStdout().blockingWriteZeroesAndFlush(1n << 60n)
  },
  { traps: '4096' },
)
on(
  'output-stream.splice',
  'This function returns the number of bytes transferred; it may be less than len.',
  () => {
    equal(getStdout().splice(getStdin(), 3n), 3n)
  },
  { ...hello, stdout: 'Hel' },
)
on(
  'output-stream.splice',
  'Any error reported by the call to check-write, read, or write ends the splice and reports that error.',
  () => {
    const stdin = getStdin()
    stdin.blockingRead(99n)
    failsWith(() => getStdout().splice(stdin, 3n), 'closed')
  },
  { ...hello, stdout: '' },
)
on(
  'output-stream.splice',
  'Calling read on the input-stream with the smaller of the check-write permitted length and the len provided: bytes without room stay.',
  () => {
    const { client, server } = pair()
    client.socket.setSendBufferSize(1024n)
    server.socket.setReceiveBufferSize(1024n)
    const room = client.output.checkWrite()
    equal(client.output.splice(getStdin(), 1n << 40n), room)
  },
  { settings: { stdin: 'x'.repeat(10_000) } },
)
on(
  'output-stream.blocking-splice',
  'It blocks until the output-stream is ready for writing, and the input-stream is ready for reading, before performing the splice.',
  () => {
    const { client, server } = pair()
    server.output.blockingWriteAndFlush(bytes('over'))
    equal(getStdout().blockingSplice(client.input, 99n), 4n)
  },
  { stdout: 'over' },
)
