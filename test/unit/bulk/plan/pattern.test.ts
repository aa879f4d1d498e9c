import { readPattern } from '../../../../src/bulk/plan/pattern';
import { pattern } from './inputs';

function kindsOf(text: string): string[] {
  return pattern(text).alternatives.map(({ tokens }) =>
    tokens.map((token) => (token.kind === 'literal' ? token.character : `<${token.kind}>`)).join(''),
  );
}

test.each<[string, string, string[]]>([
  ['each kind of step', '{id}{type}*? x', ['<id><type><any><one><gap>x']],
  ['braces whatever their case and spaces', '{ID}-{ Type }', ['<id>-<type>']],
  ['several ways of naming', '{id};#{id}*', ['<id>', '#<id><any>']],
  ['spaces around them as nothing', ' {id} ; #{id} ', ['<id>', '#<id>']],
  ['empty ones as nothing', ';{id};;', ['<id>']],
  ['several spaces as one', '{id}   x', ['<id><gap>x']],
  ['letters in lower case', 'AÄ{id}', ['aä<id>']],
  ['accents as one character', 'u\u0308{id}', ['ü<id>']],
  ['an emoji as one character', '🧨{id}', ['🧨<id>']],
  ['a brace that closes nothing as itself', '}{id}', ['}<id>']],
  ['what follows a \\ as itself', '\\{id\\}\\*\\?\\;\\\\\\/{id}', ['{id}*?;\\/<id>']],
  ['a space after a \\ as itself, also at the end', '{id}\\ ', ['<id> ']],
  ['signs of regular expressions as themselves', '.+[a]|^$(){id}', ['.+[a]|^$()<id>']],
])('readPattern reads %s', (_, text, expected) => {
  expect(kindsOf(text)).toEqual(expected);
});

test.each<[string, number, string]>([
  ['', 0, '{id} is missing.'],
  [' ; ', 0, '{id} is missing.'],
  ['evidence*', 0, '{id} is missing.'],
  ['{id}*; evidence*', 7, '{id} is missing.'],
  ['a{id', 1, '} is missing after {.'],
  ['a{;id}', 1, '} is missing after {.'],
  ['a{{id}}', 1, '} is missing after {.'],
  ['{id}{foo}', 4, '{foo} is not known; use {id} or {type}, or \\{ for the sign itself.'],
  ['{id}{}', 4, '{} is not known; use {id} or {type}, or \\{ for the sign itself.'],
  ['x; {id}', 0, '{id} is missing.'],
  ['{id}*{id}', 0, '{id} stands here twice; keep one, or write ; between two ways of naming.'],
  ['{type}{id}{type}', 0, '{type} stands here twice; keep one.'],
  ['{id}/*', 4, 'Leave out “/”: the file and each folder are looked at one by one.'],
  ['{id}\\', 4, 'Nothing follows “\\”; write “\\\\” for the sign itself.'],
])('readPattern reports the error in %j', (text, at, message) => {
  expect(readPattern(text)).toEqual({ ok: false, at, message });
});

test('readPattern keeps the typed text of the pattern and of each alternative', () => {
  const read = pattern(' {ID} ; #{id}* ');
  expect(read.text).toBe(' {ID} ; #{id}* ');
  expect(read.alternatives.map(({ text }) => text)).toEqual(['{ID}', '#{id}*']);
});
