import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curlOf, parseCurl, shellWords } from './curl.ts'
import { emptyDraft, requestOf, type Draft } from './draft.ts'

const read = (command: string): Draft => {
  const imported = parseCurl(command)
  if (!imported.ok) throw new Error(imported.message)
  return imported.draft
}

describe('a curl command', () => {
  it.each([
    ['curl https://a.example/x', { method: 'GET', target: 'https://a.example/x' }],
    ['curl a.example', { target: 'http://a.example' }],
    ['$ curl -XPUT "http://a/#frag"', { method: 'PUT', target: 'http://a/' }],
    ['curl -I http://a/', { method: 'HEAD' }],
    ['curl -sSL --compressed http://a/', { method: 'GET' }],
    ['curl -sXPOST http://a/', { method: 'POST' }],
    ['curl -sd x http://a/', { method: 'POST', body: 'x' }],
    ["curl -d '' http://a/", { method: 'POST', body: '' }],
    ['curl -X purge http://a/', { method: 'purge' }],
    ["curl -d x -H 'Content-Type:' -H 'X-B;' http://a/", { headers: [['X-B', '']] }],
    ["curl --globoff 'http://a/[1]'", { target: 'http://a/[1]' }],
    [
      `curl 'http://a/' \\\n  -H 'Accept: */*' \\\r\n -H "X-Q: say \\"hi\\""`,
      {
        headers: [
          ['Accept', '*/*'],
          ['X-Q', 'say "hi"'],
        ],
      },
    ],
    [
      'curl -d a=1 -d b=2 http://a/',
      { method: 'POST', body: 'a=1&b=2', headers: [['Content-Type', 'application/x-www-form-urlencoded']] },
    ],
    ['curl -G -d a=1 http://a/?x', { method: 'GET', target: 'http://a/?x&a=1', body: '' }],
    [`curl --data-raw '@me' http://a/`, { body: '@me' }],
    [`curl --data-urlencode 'q=a b&c' http://a/`, { body: 'q=a%20b%26c' }],
    [
      `curl --json '{"a":1}' http://a/`,
      {
        method: 'POST',
        body: '{"a":1}',
        headers: [
          ['Content-Type', 'application/json'],
          ['Accept', 'application/json'],
        ],
      },
    ],
    ['curl -u ada:pass http://a/', { headers: [['Authorization', 'Basic YWRhOnBhc3M=']] }],
    [
      `curl -X PATCH --data-binary $'a\\n\\'b\\u00e9\\x21' -H 'content-type: text/plain' http://a/`,
      { body: "a\n'bé!" },
    ],
    [
      'curl -o out.txt -m 5 -b k=v -A me -e http://r/ http://a/',
      {
        headers: [
          ['Cookie', 'k=v'],
          ['User-Agent', 'me'],
          ['Referer', 'http://r/'],
        ],
      },
    ],
  ])('%s', (command, expected) => {
    expect(read(command)).toMatchObject(expected)
  })

  it.each([
    ['wget http://a/', 'neither a curl command'],
    ["curl 'http://a/", 'no end'],
    ['curl -d @file http://a/', 'from a file'],
    ['curl -F a=b http://a/', '-F'],
    ['curl -T file http://a/', '-T'],
    ['curl -H @file http://a/', 'from a file'],
    ['curl -b jar.txt http://a/', 'from a file'],
    ['curl --data-urlencode a@file http://a/', 'from a file'],
    ['curl -X', 'no value'],
    ['curl', 'no address'],
    ['curl http://a/ http://b/', 'more than one'],
    ['curl --__proto__ http://a/', 'not known'],
  ])('%s is refused', (command, words) => {
    expect(parseCurl(command)).toMatchObject({ ok: false, message: expect.stringContaining(words) })
  })

  it('that was written from a request is read as that request', () => {
    const token = fc.stringMatching(/^[a-z][a-z-]{0,8}$/).filter((name) => name !== 'content-type')
    const value = fc.stringMatching(/^[!-~]([ -~]{0,8}[!-~])?$/)
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PUT', 'HEAD'),
        fc.array(fc.tuple(token, value), { maxLength: 4 }),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.boolean(),
        (method, fields, body, typed) => {
          const headers: [string, string][] = typed ? [...fields, ['content-type', 'text/plain']] : [...fields]
          const draft = read(curlOf({ method, headers, body }, 'http://localhost/a?b=c&d'))
          expect(draft).toEqual({ ...emptyDraft, method, target: 'http://localhost/a?b=c&d', headers, body })
        },
      ),
    )
  })

  it('is split as a shell does', () => {
    expect(shellWords(`a 'b c'd "e\\"f" g\\ h '' $'\\t\\101\\0'`)).toEqual(['a', 'b cd', 'e"f', 'g h', '', '\tA\0'])
    expect(shellWords('"')).toBeUndefined()
  })
})

describe('a draft', () => {
  it('is a request for a path, or for a whole address', () => {
    const headers = [
      [' Accept ', ' a '],
      ['', 'x'],
    ] as const
    expect(requestOf({ ...emptyDraft, target: ' /a?b ', headers })).toEqual({
      method: 'GET',
      path: '/a?b',
      headers: [['Accept', 'a']],
      body: [],
    })
    expect(requestOf({ ...emptyDraft, target: 'HTTPS://a.example:8443?q#f' })).toMatchObject({
      scheme: 'https',
      authority: 'a.example:8443',
      path: '/?q',
    })
  })

  it('has a body of as many parts as it can have', () => {
    const texts = (draft: Partial<Draft>) =>
      requestOf({ ...emptyDraft, ...draft }).body.map(
        ({ after, bytes }) => `${new TextDecoder().decode(bytes)}@${after}`,
      )
    expect(texts({ body: 'abcdef', parts: 3, pause: 20 })).toEqual(['ab@0', 'cd@20', 'ef@20'])
    expect(texts({ body: 'ab', parts: 9, pause: 1 })).toEqual(['a@0', 'b@1'])
    expect(texts({ body: '', parts: 9 })).toEqual([])
  })
})
