import fc from 'fast-check';
import { entryFolder, entryPaths, safeName, safePath } from '../../../../src/gallery/model/entry-names';
import { codePointText } from '../../../helpers/code-point-text';

const paths = (...names: string[]): readonly string[] =>
  entryPaths(names.map((name) => ({ folder: '', name })));

test.each([
  ['a.png', 'a.png'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['C:\\temp\\a.txt', 'C__temp_a.txt'],
  ['what? "now".txt', 'what_ _now_.txt'],
  ['con', '_con'],
  ['CON.tar.gz', '_CON.tar.gz'],
  ['nul .txt', '_nul .txt'],
  ['lpt1', '_lpt1'],
  ['console.log', 'console.log'],
  ['report. . .', 'report'],
  ['. .', 'unnamed'],
  ['', 'unnamed'],
  ['.gitignore', '.gitignore'],
  ['line\nbreak\u0000.txt', 'line_break_.txt'],
  ['photo\u202egpj.exe', 'photo_gpj.exe'],
  ['half \ud800.txt', 'half _.txt'],
  ['日本 – é.txt', '日本 – é.txt'],
])('safeName turns %j into %j', (name, expected) => {
  expect(safeName(name)).toBe(expected);
});

test('entryPaths numbers duplicate names regardless of case', () => {
  expect(paths('a.png', 'A.PNG', 'a (1).png', 'a.png', 'README', 'readme')).toEqual([
    ...['a.png', 'A (1).PNG', 'a (1) (1).png', 'a (2).png', 'README', 'readme (1)'],
  ]);
});

test('entryPaths shortens the stem of a long name and keeps its extension', () => {
  const name = `${'日'.repeat(200)}.png`;
  const [first = '', second = ''] = paths(name, name);
  expect([first.slice(-4), second.slice(-8)]).toEqual(['.png', ' (1).png']);
  expect(Math.max(...[first, second].map((each) => Buffer.byteLength(each)))).toBeLessThanOrEqual(240);
});

test.each([
  ['', ''],
  ['logs/2026', 'logs/2026'],
  ['../../etc/./x', 'etc/x'],
  ['/C:\\con/a. /', 'C__con/a'],
  ['con/nul.txt', '_con/_nul.txt'],
  ['…/logs', '…/logs'],
])('safePath of %j is %j', (folder, expected) => {
  expect(safePath(folder)).toBe(expected);
});

test('entryFolder returns the ID and title of the work item, made safe', () => {
  expect(entryFolder(7, 'Crash: on/off. ')).toBe('7 Crash_ on_off');
  expect(entryFolder(7, '')).toBe('7');
  expect(entryFolder(7, '😀'.repeat(200))).toBe(`7 ${'😀'.repeat(78)}`);
});

test('entryPaths returns unique paths, valid on every operating system, for arbitrary names', () => {
  const names = fc.oneof(
    codePointText({ maxLength: 300 }),
    fc.constantFrom('a', 'A', 'a.', 'a (1)', 'A (1).b', 'a.b', 'ß', 'ss', 'ſ', 's', 'con', 'CON ', '.', '..'),
    fc.string({ unit: fc.constantFrom('.', ' ', '/', '\\', 'a', '(1)', '\ud83d'), maxLength: 300 }),
  );
  const folders = fc.constantFrom('', '7 A', '8');
  fc.assert(
    fc.property(fc.array(fc.record({ name: names, folder: folders }), { maxLength: 40 }), (places) => {
      const found = entryPaths(places, ['manifest.csv']);
      expect(found).toHaveLength(places.length);
      const folded = found.map((path) => path.normalize('NFC').toLowerCase());
      expect(new Set([...folded, 'manifest.csv']).size).toBe(places.length + 1);
      for (const [index, path] of found.entries()) {
        const { folder } = places[index]!;
        const name = folder === '' ? path : path.slice(folder.length + 1);
        expect(name).toMatch(/^[^<>:"/\\|?*\u0000-\u001f\u007f]*[^<>:"/\\|?*\u0000-\u001f\u007f. ]$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/\p{Surrogate}/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      }
    }),
    { numRuns: 300 },
  );
});
