import { readPattern } from '../../../../../src/upload/rules/names/pattern';
import { pattern } from '../../../bulk/plan/inputs';

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
  ['', 0, 'Every pattern needs {id}.'],
  [' ; ', 0, 'Every pattern needs {id}.'],
  ['evidence*', 0, 'Every pattern needs {id}.'],
  ['{id}*; evidence*', 7, 'Every pattern needs {id}.'],
  ['a{id', 1, 'Missing } after {.'],
  ['a{;id}', 1, 'Missing } after {.'],
  ['a{{id}}', 1, 'Missing } after {.'],
  ['{id}{foo}', 4, 'Unknown placeholder {foo}. Use {id} or {type}. For a brace, type \\{.'],
  ['{id}{}', 4, 'Unknown placeholder {}. Use {id} or {type}. For a brace, type \\{.'],
  ['x; {id}', 0, 'Every pattern needs {id}.'],
  ['{id}*{id}', 0, 'Use {id} only once. Separate patterns with “;”.'],
  ['{type}{id}{type}', 0, 'Use {type} only once.'],
  ['{id}/*', 4, "Don't use “/”. File and folder names are matched separately."],
  ['{id}\\', 4, 'Add a character after “\\”. For a backslash, type “\\\\”.'],
])('readPattern reports the error in %j', (text, at, message) => {
  expect(readPattern(text)).toEqual({ ok: false, at, message });
});

test('readPattern keeps the typed text of the pattern and of each alternative', () => {
  const read = pattern(' {ID} ; #{id}* ');
  expect(read.text).toBe(' {ID} ; #{id}* ');
  expect(read.alternatives.map(({ text }) => text)).toEqual(['{ID}', '#{id}*']);
});
