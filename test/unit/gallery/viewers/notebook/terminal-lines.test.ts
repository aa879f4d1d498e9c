import { asInTerminal, firstLines } from '../../../../../src/gallery/viewers/notebook/terminal-lines';

test('firstLines returns a short text as a whole', () => {
  expect(firstLines('one\ntwo', 5_000)).toEqual({ lines: ['one', 'two'], missing: 0 });
  expect(firstLines('one\n', 5_000)).toEqual({ lines: ['one'], missing: 0 });
  expect(firstLines('', 5_000)).toEqual({ lines: [], missing: 0 });
});

test('firstLines ends at a line, and within a line that is too long', () => {
  expect(firstLines(`${'a'.repeat(60)}\n${'b'.repeat(60)}`, 100)).toEqual({
    lines: ['a'.repeat(60)],
    missing: 60,
  });
  expect(firstLines('a'.repeat(200), 100)).toEqual({ lines: ['a'.repeat(100)], missing: 100 });
});

test('firstLines returns fewer characters of short lines', () => {
  const { lines, missing } = firstLines('\n'.repeat(1_000), 100);
  expect(lines).toHaveLength(4);
  expect(missing).toBe(996);
});

test.each([
  ['10%\r50%\r100%\n', '100%\n'],
  ['one\r\ntwo\r\n', 'one\ntwo\n'],
  ['10%\r', '10%\r'],
  ['one\ntwo', 'one\ntwo'],
])('asInTerminal shows %j as %j', (text, shown) => {
  expect(asInTerminal(text)).toBe(shown);
});
