/** @jest-environment jsdom */
import * as React from 'react';
import type { PastedResult } from '../../../src/upload/form/pasted-images';
import { createPastedImages } from '../../../src/upload/form/pasted-images';
import { PastedLines } from '../../../src/ui/pasted-lines';
import { createDeferred, flush } from '../../helpers/deferred';
import { createTestHost } from '../../helpers/host';
import { clearAll, click, render, until } from '../../helpers/render';
import { ITEM_7 } from '../../helpers/uploads';

afterEach(clearAll);

const RESULTS: readonly Omit<PastedResult, 'target'>[] = [
  { name: 'a.png', outcome: 'inserted', sentence: 'Inserted.' },
  { name: 'b.png', outcome: 'inserted', sentence: 'Inserted.' },
  { name: 'c.png', outcome: 'not-inserted', sentence: 'Read-only.' },
  { name: 'd.png', outcome: 'not-inserted', sentence: 'Too long.' },
  { name: 'e.png', outcome: 'not-inserted', sentence: 'Too long.' },
  { name: 'f.png', outcome: 'unclear', sentence: 'Look.' },
];

test('Results with the same sentence share a line with the name or the number of images', async () => {
  const host = createTestHost();
  host.readSetting.mockResolvedValue('yes');
  const reported = createDeferred<(result: PastedResult) => void>();
  const pasted = createPastedImages({
    host,
    load(report) {
      reported.resolve(report);
      return Promise.resolve({ add: () => undefined, whenIdle: () => Promise.resolve() });
    },
  });
  const source = new Blob([], { type: 'image/png' });
  pasted.add(new Map([['a', { name: 'a.png', size: 0, folder: '', source }]]), ITEM_7);
  const report = await reported.promise;
  const place = await render(
    <PastedLines session={{ pasted }} isShown={(target) => target.kind === 'work-item' && target.id === 7} />,
  );
  for (const result of RESULTS) report({ ...result, target: ITEM_7 });
  report({ ...RESULTS[0]!, target: { kind: 'work-item', id: 9 }, sentence: 'Elsewhere.' });
  const lines = (): readonly string[] =>
    Array.from(place.querySelectorAll('[role=status]'), ({ textContent }) =>
      textContent.replace(/[\u2068\u2069]/g, ''),
    );
  await until(() => lines().length === 4);
  expect(lines()).toEqual([
    'Inserted.',
    "“c.png” wasn't inserted into the text. Read-only.",
    "2 images weren't inserted into the text. Too long.",
    'Look.',
  ]);
  click(place, 'Dismiss');
  await flush();
  expect(lines()).toHaveLength(3);
  expect(pasted.getSnapshot().map(({ sentence }) => sentence)).not.toContain('Inserted.');
});
