/** @jest-environment jsdom */
import '../../helpers/browser-parts';
import * as React from 'react';
import { CompareTexts } from '../../../src/gallery/compare/compare-texts';
import { diffTexts } from '../../../src/gallery/compare/diff-texts';
import type { WholeText } from '../../../src/gallery/viewers/text/encoding';
import { lineEndsOf } from '../../../src/gallery/viewers/text/encoding';
import { clearAll, render, until } from '../../helpers/render';

function textOf(text: string, encoding: WholeText['encoding'] = 'utf-8'): WholeText {
  return { text, encoding };
}

async function show(before: WholeText, after: WholeText): Promise<HTMLElement> {
  const formOf = ({ text, encoding }: WholeText) => ({ encoding, lineEnds: lineEndsOf(text) });
  return render(
    <CompareTexts
      comparison={{
        ...{ areTexts: true, before: formOf(before), after: formOf(after) },
        ...(await diffTexts(before.text, after.text)),
      }}
    />,
  );
}

afterEach(clearAll);

test('CompareTexts names line endings and encodings that differ', async () => {
  expect((await show(textOf('a\nb'), textOf('a\nb'))).textContent).toBe('Both texts are the same.');
  expect((await show(textOf('a\nb'), textOf('a\r\nb', 'utf-16le'))).textContent).toBe(
    'Both texts have the same lines. Line endings changed: LF → CRLF. Encoding changed: UTF-8 → UTF-16 LE.',
  );
});

test('CompareTexts shows invisible characters and marks the difference within a line', async () => {
  const place = await show(textOf('if (admin)'), textOf('if (ad\u200bmin)'));
  await until(() => place.querySelectorAll('mark').length === 2);
  expect(Array.from(place.querySelectorAll('mark'), ({ textContent }) => textContent)).toEqual([
    'admin',
    'ad⟨U+200B⟩min',
  ]);
});

test('CompareTexts cuts off a line of megabytes', async () => {
  const place = await show(textOf('a'), textOf('b'.repeat(3_000_000)));
  await until(() => place.querySelector('.compare-added') !== null);
  expect(place.querySelector('.compare-added .compare-text')?.textContent).toHaveLength(10_001);
});

test.each([
  ['a', 'none'],
  ['a\nb\n', 'LF'],
  ['a\r\nb', 'CRLF'],
  ['a\rb', 'CR'],
  ['a\r\nb\n', 'mixed'],
])('lineEndsOf finds in %j: %s', (text, ends) => {
  expect(lineEndsOf(text)).toBe(ends);
});
