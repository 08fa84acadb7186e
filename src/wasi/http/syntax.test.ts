import { describe, expect, test } from 'vitest'
import { isAuthority, isPathWithQuery, isScheme } from './syntax.ts'

describe('what may stand in a request', () => {
  test.each(['/', '', '*', '/a/b?c=d&e', '?q', '/%20', "/~!$&'()*+,;=:@-._", '/a?/?'])('the path %j', (path) => {
    expect(isPathWithQuery(path)).toBe(true)
  })
  test.each(['a', '/ ', '/a#b', '/%2', '/\n', '/ä', '/a"b', '**', '/\0', '\n'])('not the path %j', (path) => {
    expect(isPathWithQuery(path)).toBe(false)
  })
  test.each(['a', 'a.example:8080', 'u:p@a', '[::1]:80', '127.0.0.1', 'a:', 'x_y', '%41'])(
    'the authority %j',
    (text) => {
      expect(isAuthority(text)).toBe(true)
    },
  )
  test.each(['', ':80', 'a:99999', 'a:80:80', 'a b', 'a/b', 'a\n', '[::1', 'a:x', 'a@', '[::1]x', '%4'])(
    'not the authority %j',
    (text) => {
      expect(isAuthority(text)).toBe(false)
    },
  )
  test('schemes begin with a letter', () => {
    expect(['http', 'a+b-c.d9'].every(isScheme)).toBe(true)
    expect(['', '9p', 'a b', 'bad\nscheme'].some(isScheme)).toBe(false)
  })
})
