import fc from 'fast-check';
import { highlightCodes } from '../../../../../src/gallery/viewers/text/highlight-code';
import { CODE_KINDS } from '../../../../../src/gallery/viewers/text/highlight-emitter';
import type { CodeLanguage } from '../../../../../src/gallery/viewers/text/highlight-languages';
import { languageOf } from '../../../../../src/gallery/viewers/text/highlight-languages';

const worker = { signal: new AbortController().signal, isInWorker: true };

/** Returns the colored words of a code with their kinds. */
async function colored(language: CodeLanguage, text: string): Promise<readonly string[]> {
  const [runs] = await highlightCodes([{ language, text }], worker);
  if (!runs) throw new Error('There are no runs.');
  return Array.from(runs.ends, (end, index) => {
    const word = text.slice(runs.ends[index - 1] ?? 0, end);
    return `${CODE_KINDS[runs.kinds[index] ?? 0]}: ${word}`;
  }).filter((word) => !word.startsWith('plain'));
}

test.each<[CodeLanguage, string, readonly string[]]>([
  ['bash', 'if true; then # x\n', ['keyword: if', 'keyword: then', 'comment: # x']],
  ['cpp', 'int a; /* x\ny */', ['type: int', 'comment: /* x\ny */']],
  ['csharp', 'class Cart { string a = "x"; }', ['keyword: class', 'type: Cart', 'string: "x"']],
  ['css', '.a { color: red; }', ['name: .a']],
  ['diff', '@@ -1 +1 @@\n-old\n+new\n', ['meta: @@ -1 +1 @@', 'removed: -old', 'added: +new']],
  ['dockerfile', 'FROM node:20\n', ['keyword: FROM']],
  ['gherkin', 'Feature: A\n  # x\n', ['keyword: Feature', 'comment:   # x']],
  ['go', 'func main() { }', ['keyword: func', 'type: main']],
  ['ini', '[core]\nname = 1 ; x\n', ['keyword: [core]', 'name: name', 'number: 1']],
  ['java', 'return 1;', ['keyword: return', 'number: 1']],
  ['javascript', 'const a = `x\n${b}`;', ['keyword: const', 'string: `x\n', 'string: `']],
  ['json', '{"a": [1, true]}', ['name: "a"', 'number: 1', 'keyword: true']],
  ['kotlin', 'val a = "x"', ['keyword: val', 'string: "x"']],
  ['makefile', 'all:\n\techo # x', ['keyword: all:']],
  ['php', '<?php echo "x";', ['keyword: echo', 'string: "x"']],
  ['powershell', 'if ($a) { } # x', ['keyword: if', 'name: $a', 'comment: # x']],
  ['properties', '# x\na=b', ['comment: # x', 'name: a', 'string: b']],
  ['python', 'def f():\n  """x\ny"""', ['keyword: def', 'type: f', 'string: """x\ny"""']],
  ['ruby', 'def a\nend', ['keyword: def', 'type: a', 'keyword: end']],
  ['rust', 'let a = "x";', ['keyword: let', 'string: "x"']],
  ['scss', '// x\n.a { }', ['comment: // x', 'name: .a']],
  ['sql', "SELECT 'x' FROM a -- y", ['keyword: SELECT', "string: 'x'", 'keyword: FROM', 'comment: -- y']],
  ['swift', 'let a = 1', ['keyword: let', 'number: 1']],
  ['typescript', 'interface A { b: string }', ['keyword: interface', 'type: string']],
  ['xml', '<a b="c"/><!-- d -->', ['keyword: a', 'name: b', 'string: "c"', 'comment: <!-- d -->']],
  ['yaml', 'a: x\n# y', ['name: a:', 'string: x', 'comment: # y']],
])('highlightCodes tells apart the words of %s', async (language, text, words) => {
  expect(await colored(language, text)).toEqual(expect.arrayContaining([...words]));
});

test('highlightCodes reads Terraform', async () => {
  const text = '# x\nresource "a" "b" {\n  count = 2\n  name  = "n-${var.x}"\n  /* y\n  z */\n}';
  expect(await colored('hcl', text)).toEqual([
    ...['comment: # x', 'keyword: resource', 'string: "a"', 'string: "b"', 'name:   count', 'number: 2'],
    ...['name:   name', 'string: "n-', 'string: "', 'comment: /* y\n  z */'],
  ]);
});

test('highlightCodes reads scripts and styles inside of HTML', async () => {
  const words = await colored('xml', '<script>const a = 1;</script><style>.b { }</style>');
  expect(words).toEqual(expect.arrayContaining(['keyword: const', 'number: 1', 'name: .b']));
});

test('highlightCodes returns runs of the whole text, also of garbage in each language', async () => {
  const languages = [
    'csharp',
    'hcl',
    'javascript',
    'php',
    'python',
    'ruby',
    'sql',
    'swift',
    'xml',
    'yaml',
  ] as const;
  const tokens = [
    '"',
    "'",
    '`',
    '/*',
    '*/',
    '//',
    '#',
    '<',
    '</',
    '>',
    '{',
    '}',
    '${',
    '\n',
    '\\',
    '@',
    'a',
    '1',
    '--',
    '"""',
  ];
  const text = fc.array(fc.constantFrom(...tokens), { maxLength: 60 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...languages), text, async (language, value) => {
      const [runs] = await highlightCodes([{ language, text: value }], worker);
      expect(runs?.ends.at(-1) ?? 0).toBe(value.length);
    }),
    { numRuns: 150 },
  );
});

test('highlightCodes leaves long codes without colors where there is no worker', async () => {
  const codes = [{ language: 'json' as const, text: '1' }];
  expect((await highlightCodes(codes, { ...worker, isInWorker: false }))[0]?.ends).toEqual(Uint32Array.of(1));
  const long = [...codes, { language: 'json' as const, text: ' '.repeat(20_000) }];
  expect(await highlightCodes(long, { ...worker, isInWorker: false })).toEqual([null, null]);
});

test.each([
  ['TSX', 'typescript'],
  ['C#', 'csharp'],
  ['dockerfile', 'dockerfile'],
  ['tf', 'hcl'],
  ['config', 'xml'],
  ['log', undefined],
  ['', undefined],
  ['constructor', undefined],
])('languageOf knows %s', (word, language) => {
  expect(languageOf(word)).toBe(language);
});
