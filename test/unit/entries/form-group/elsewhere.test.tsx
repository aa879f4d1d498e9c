/** @jest-environment jsdom */
import * as React from 'react';
import { Elsewhere, summarizeStates } from '../../../../src/ui/elsewhere';
import type { Upload, UploadState } from '../../../../src/upload/upload';
import type { LinkTarget } from '../../../../src/azure/work-item';
import { STATES } from '../../../helpers/upload-states';
import { DRAFT, ITEM_7, uploadIn } from '../../../helpers/uploads';
import type { Button } from './fake-button';
import { createPage } from './page';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

let lastId = 0;

/** Uploads for `target`, in these states. */
function uploadsFor(target: LinkTarget, ...statuses: UploadState['status'][]): Upload[] {
  return statuses.map((status) => uploadIn(STATES[status], { id: String(++lastId), target }));
}

/** Renders uploads for other items. */
function showElsewhere(uploads: readonly Upload[]) {
  const page = createPage();
  const onOpen = jest.fn<undefined, [number]>();
  const onDismiss = jest.fn<undefined, [string[]]>();
  page.show(
    <Elsewhere uploads={uploads} labelOf={(id) => `Bug ${id}`} onOpen={onOpen} onDismiss={onDismiss} />,
  );
  return { page, onOpen, onDismiss };
}

const ITEM_8 = { kind: 'work-item', id: 8 } as const;

test('Elsewhere summarizes the uploads of another item and links to it', () => {
  const { page, onOpen } = showElsewhere(uploadsFor(ITEM_7, 'uploading', 'failed', 'queued'));
  expect(page.words()).toBe('Bug 7: 2 uploading, 1 failed.');
  expect(page.buttons()).toEqual(['Bug 7']);
  page.click('Bug 7');
  expect(onOpen.mock.calls).toEqual([[7]]);
});

test('Elsewhere omits attached files while other uploads are unfinished', () => {
  const { page } = showElsewhere(uploadsFor(ITEM_7, 'linked', 'linking', 'linked'));
  expect(page.words()).toBe('Uploading 1 file to Bug 7.');
});

test('Elsewhere reports when all files are attached, and can be dismissed', () => {
  const uploads = uploadsFor(ITEM_7, 'linked', 'linked');
  const { page, onDismiss } = showElsewhere(uploads);
  expect(page.words()).toBe('2 files attached to Bug 7.');
  page.click('Dismiss');
  expect(onDismiss.mock.calls).toEqual([[uploads.map(({ id }) => id)]]);
});

test('Elsewhere links to an item with failures and cannot be dismissed', () => {
  const { page } = showElsewhere(uploadsFor(ITEM_7, 'failed'));
  expect(page.words()).toBe('Bug 7: 1 failed.');
  expect(page.buttons()).toEqual(['Bug 7']);
});

test('Elsewhere reports files of a closed new item, and can be dismissed', () => {
  const uploads = uploadsFor(DRAFT, 'failed', 'failed');
  const { page, onDismiss } = showElsewhere(uploads);
  expect(page.words()).toBe("2 files weren't attached because the work item was closed without saving.");
  page.click('Dismiss');
  expect(onDismiss.mock.calls).toEqual([[uploads.map(({ id }) => id)]]);
});

test('Elsewhere shows no link for an unsaved new item', () => {
  const { page } = showElsewhere(uploadsFor(DRAFT, 'waiting-for-save', 'failed'));
  expect(page.words()).toBe('New work item: 1 waiting for you to save, 1 failed.');
  expect(page.buttons()).toEqual([]);
});

test('Elsewhere shows one summary per item', () => {
  const [first, second] = uploadsFor(ITEM_7, 'uploading', 'paused');
  const { page } = showElsewhere([first!, ...uploadsFor(ITEM_8, 'linked'), second!]);
  expect(page.words()).toBe('Bug 7: 1 uploading, 1 paused.1 file attached to Bug 8.');
});

test('Elsewhere omits canceled uploads', () => {
  expect(showElsewhere(uploadsFor(ITEM_7, 'cancelled')).page.words()).toBe('');
  expect(showElsewhere(uploadsFor(ITEM_7, 'cancelled', 'linked')).page.words()).toBe(
    '1 file attached to Bug 7.',
  );
});

test('summarizeStates counts each upload once', () => {
  const statuses = Object.keys(STATES) as UploadState['status'][];
  const open = statuses.filter((status) => status !== 'linked' && status !== 'cancelled');
  expect(summarizeStates(uploadsFor(ITEM_7, ...open))).toBe(
    '6 uploading, 1 paused, 1 to choose again, 1 waiting for you to save, 1 failed',
  );
});
