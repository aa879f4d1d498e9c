/** @jest-environment jsdom */
import * as React from 'react';
import { createStateStore } from '../../../src/base/store';
import { RenameLine } from '../../../src/gallery/changes/rename-line';
import type { Renames } from '../../../src/gallery/changes/renames';
import { TransferLine } from '../../../src/gallery/changes/transfer-line';
import type { Transfers } from '../../../src/gallery/changes/transfers';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import { clearAll, render } from '../../helpers/render';
import type { Button } from '../entries/form-group/fake-button';
import { attachedFile } from './model/files';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../entries/form-group/fake-button'),
);

afterEach(clearAll);

const file = attachedFile('a.txt');
const state = { ...createGalleryStore().getSnapshot(), workItemId: 7 };
const FAILED = { openItemId: 7, undoing: { kind: 'timeout' } } as const;

async function statusOf(line: React.JSX.Element): Promise<string | undefined> {
  const place = await render(line);
  return place.querySelector('[role=status]')?.textContent.replace(/[\u2068\u2069]/g, '');
}

test('RenameLine keeps the rename and tells why an undo failed', async () => {
  const renames = createStateStore({ renamed: { ...FAILED, file, name: 'b.txt' } }) as unknown as Renames;
  expect(await statusOf(<RenameLine state={state} renames={renames} />)).toBe(
    'Renamed “a.txt” to “b.txt”. Azure DevOps took too long to respond. Try again.',
  );
});

test('TransferLine keeps the move and tells why an undo failed', async () => {
  const target = { id: 9, type: 'Bug', title: '', state: 'New' };
  const moved = { ...FAILED, isMove: true, files: [file], target, linked: [file], removed: [file] };
  const transfers = createStateStore(moved) as unknown as Transfers;
  expect(await statusOf(<TransferLine state={state} transfers={transfers} />)).toBe(
    'Moved “a.txt” to Bug 9. Azure DevOps took too long to respond. Try again.',
  );
});
