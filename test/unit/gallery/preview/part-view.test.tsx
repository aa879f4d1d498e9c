/** @jest-environment jsdom */
import '../../../helpers/browser-parts';
import * as React from 'react';
import { FileInViewer } from '../../../../src/gallery/preview/part-view';
import type { FilePart, ViewerProps } from '../../../../src/gallery/viewers/viewer';
import { runOnPage } from '../../../../src/gallery/workers/file-work';
import { clearAll, click, press, render, until } from '../../../helpers/render';

const TEXT: FilePart = {
  name: 'readme.txt',
  size: 5,
  extract: () => Promise.resolve(new Blob(['words'])),
};

let part = TEXT;

/** Viewer of an archive with one entry. */
function Archive({ file, openPart }: ViewerProps): React.JSX.Element {
  return (
    <button type="button" onClick={() => openPart?.(part)}>
      {`Open ${file.name}`}
    </button>
  );
}

function show(): Promise<HTMLElement> {
  const file = { name: 'a.zip', bytes: new Blob(['PK']) };
  return render(<FileInViewer Viewer={Archive} file={file} saveAs={undefined} runTask={runOnPage} />);
}

beforeEach(() => void (part = TEXT));
afterEach(clearAll);

test('FileInViewer shows an opened part in its viewer, and goes back to the same place', async () => {
  const place = await show();
  const opener = place.querySelector('button')!;
  opener.focus();
  click(place, 'Open a.zip');
  await until(() => place.textContent.includes('words'));
  expect(document.activeElement?.textContent).toBe('Back');
  expect(place.querySelector('.preview-covered')?.textContent).toBe('Open a.zip');
  click(place, 'Back');
  await until(() => document.activeElement === opener);
  expect(place.textContent).toBe('Open a.zip');
});

test('FileInViewer says that a file is empty', async () => {
  const file = { name: 'a.csv', bytes: new Blob([]) };
  const place = await render(
    <FileInViewer Viewer={Archive} file={file} saveAs={undefined} runTask={runOnPage} />,
  );
  expect(place.textContent).toBe('“\u2068a.csv\u2069” is empty.');
});

test('FileInViewer closes an opened part by Escape and leaves the preview open', async () => {
  const place = await show();
  click(place, 'Open a.zip');
  await until(() => place.textContent.includes('words'));
  expect(press('Escape', document.activeElement!)).toBe(false);
  expect(place.textContent).toBe('Open a.zip');
});

test('FileInViewer extracts no part of more than 50 MB', async () => {
  let extracted = 0;
  part = {
    name: 'dump.bin',
    size: 51 * 1024 * 1024,
    extract: () => Promise.reject(new Error(String(++extracted))),
  };
  const place = await show();
  click(place, 'Open a.zip');
  await until(() => place.querySelector('[role=alert]') !== null);
  expect(place.querySelector('[role=alert]')?.textContent).toContain('is too large');
  expect(extracted).toBe(0);
});
