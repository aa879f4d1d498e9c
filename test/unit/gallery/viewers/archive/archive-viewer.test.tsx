/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import * as React from 'react';
import { ArchiveViewer } from '../../../../../src/gallery/viewers/archive/archive-viewer';
import type { ArchiveEntry } from '../../../../../src/gallery/viewers/archive/open-archive';
import type { ViewerProps } from '../../../../../src/gallery/viewers/viewer';
import { ViewerProblem } from '../../../../../src/gallery/viewers/viewer-problem';
import { runOnPage } from '../../../../../src/gallery/workers/file-work';
import { clearAll, click, render, type, until } from '../../../../helpers/render';

const entries: ArchiveEntry[] = [];
jest.mock('../../../../../src/gallery/viewers/archive/open-archive', () => ({
  openArchive: () => Promise.resolve({ entries: [...entries], isTruncated: false }),
}));

function entry(
  path: string,
  extract: ArchiveEntry['extract'],
  more: Partial<ArchiveEntry> = {},
): ArchiveEntry {
  return {
    index: entries.length,
    path,
    isFolder: false,
    isEncrypted: false,
    size: 1000,
    modified: undefined,
    extract,
    read: undefined,
    ...more,
  };
}

async function show(saveAs: ViewerProps['saveAs']): Promise<HTMLElement> {
  const place = await render(
    <ArchiveViewer file={{ name: 'a.zip', bytes: new Blob([]) }} saveAs={saveAs} runTask={runOnPage} />,
  );
  await until(() => !place.textContent.includes('Reading'));
  return place;
}

beforeEach(() => void (entries.length = 0));
afterEach(clearAll);

test('ArchiveViewer saves an entry under a safe name', async () => {
  entries.push(entry('../../photo\u202egnp.exe', () => Promise.resolve(new Blob(['content']))));
  const saved: string[] = [];
  const place = await show(async (bytes, name) => void saved.push(name, await bytes.text()));
  expect(place.textContent).toContain('../../photo⟨U+202E⟩gnp.exe');
  click(place, 'Save photo_gnp.exe');
  await until(() => saved.length > 0);
  expect(saved).toEqual(['photo_gnp.exe', 'content']);
  await until(() => !place.textContent.includes('Saving'));
});

test('ArchiveViewer shows why saving failed and clears the message on the next attempt', async () => {
  let attempts = 0;
  entries.push(
    entry('a.txt', () =>
      attempts++ === 0 ? Promise.reject(new ViewerProblem('entry-damaged')) : Promise.resolve(new Blob([])),
    ),
  );
  const place = await show(() => Promise.reject(new Error('no disk')));
  click(place, 'Save a.txt');
  await until(() => place.querySelector('[role=alert]') !== null);
  expect(place.querySelector('[role=alert]')?.textContent).toContain("Can't open");
  click(place, 'Save a.txt');
  await until(() => place.querySelector('[role=alert]')?.textContent.includes("wasn't saved") ?? false);
});

test('ArchiveViewer cancels saving on request and on unmount', async () => {
  const signals: AbortSignal[] = [];
  entries.push(
    entry('a.txt', (signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    }),
  );
  const place = await show(() => Promise.resolve());
  click(place, 'Save a.txt');
  expect(place.textContent).toContain('Saving');
  click(place, 'Cancel');
  expect(place.textContent).not.toContain('Saving');
  click(place, 'Save a.txt');
  clearAll();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('ArchiveViewer has no save buttons for encrypted entries or without downloads', async () => {
  entries.push(entry('secret.txt', undefined, { isEncrypted: true }));
  expect((await show(() => Promise.resolve())).textContent).toContain('1.0 KB · Encrypted');
  clearAll();
  entries.push(entry('a.txt', () => Promise.resolve(new Blob([]))));
  expect((await show(undefined)).querySelectorAll('button')).toHaveLength(0);
});

test('ArchiveViewer filters and counts the entries', async () => {
  for (const path of ['docs/a.txt', 'docs/b.md', 'c.TXT']) entries.push(entry(path, undefined));
  const place = await show(undefined);
  expect(place.textContent).toContain('3 entries, 3.0 KB');
  type(place.querySelector('input')!, 'txt');
  expect(place.textContent).toContain('2 of 3 entries, 2.0 KB');
  type(place.querySelector('input')!, 'nowhere');
  expect(place.textContent).toContain('No entries match.');
});
