import type { languages } from 'monaco-editor/editor/editor.api'

/** WIT for Monaco: WIT.md#lexical-structure. */
export const witConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [
    ['{', '}'],
    ['(', ')'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '(', close: ')' },
    { open: '<', close: '>' },
    { open: '/*', close: ' */', notIn: ['comment'] },
  ],
  surroundingPairs: [
    { open: '{', close: '}' },
    { open: '(', close: ')' },
    { open: '<', close: '>' },
  ],
  // A name with its hyphens is one word.
  wordPattern: /%?[a-zA-Z][a-zA-Z0-9-]*|\d+/,
  onEnterRules: [{ beforeText: /^\s*\/\/\/.*$/, action: { indentAction: 0, appendText: '/// ' } }],
}

export const witGrammar: languages.IMonarchLanguage = {
  keywords: [
    'package',
    'world',
    'interface',
    'import',
    'export',
    'use',
    'as',
    'func',
    'static',
    'constructor',
    'resource',
    'record',
    'variant',
    'enum',
    'flags',
    'type',
    'include',
    'with',
    'async',
    'from',
  ],
  types: [
    'bool',
    's8',
    'u8',
    's16',
    'u16',
    's32',
    'u32',
    's64',
    'u64',
    'f32',
    'f64',
    'char',
    'string',
    'error-context',
    'list',
    'option',
    'result',
    'tuple',
    'borrow',
    'own',
    'future',
    'stream',
    'map',
  ],
  tokenizer: {
    root: [
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/@(?:since|unstable|deprecated)\b/, 'annotation'],
      [/@\d+\.\d+\.\d+[\w.+-]*/, 'number'],
      [/(%?[a-zA-Z][a-zA-Z0-9-]*)(\s*:\s*)(?=(?:static\s+|async\s+)*func\b)/, ['function', 'delimiter']],
      [/%?[a-zA-Z][a-zA-Z0-9-]*/, { cases: { '@keywords': 'keyword', '@types': 'type', '@default': 'identifier' } }],
      [/\d+/, 'number'],
      [/[{}()]/, '@brackets'],
      [/->|[<>:;,=/@.*_]/, 'delimiter'],
    ],
    // Block comments nest: WIT.md#comments.
    comment: [
      [/\/\*/, 'comment', '@push'],
      [/\*\//, 'comment', '@pop'],
      [/[^/*]+/, 'comment'],
      [/[/*]/, 'comment'],
    ],
  },
}
