/** @jest-environment jsdom */
import * as React from 'react';
import type { UpdatedAttachment, WorkItemUpdate } from '../../../../src/azure/rest/updates';
import { ServerError } from '../../../../src/base/errors';
import { createStateStore } from '../../../../src/base/store';
import { createChangeTools } from '../../../../src/gallery/changes/change-tools';
import { createGalleryStore } from '../../../../src/gallery/gallery-state';
import type { GallerySession } from '../../../../src/gallery/gallery-session';
import { HistoryDialog } from '../../../../src/gallery/history/history-dialog';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTestHost } from '../../../helpers/host';
import { clearAll, click, render, stubDialogs, until } from '../../../helpers/render';
import { guid, linkable, referenceTo, workItemWith } from '../../../helpers/uploads';
import type { Button } from '../../entries/form-group/fake-button';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../../entries/form-group/fake-button'),
);

beforeAll(stubDialogs);
afterEach(clearAll);

const NOW = Date.now();
const fileOf = (number: number): UpdatedAttachment => ({ ...linkable(number), ...referenceTo(number) });

function updateOf(daysAgo: number, facts: Partial<WorkItemUpdate>): WorkItemUpdate {
  const at = NOW - daysAgo * 24 * 60 * 60 * 1000;
  return { by: 'Raisa', at, added: [], removed: [], updated: [], mentioned: [], ...facts };
}

/** Opens the history of a work item: file 1 was replaced by file 2 of the same name, and file 3 removed long ago. */
async function open({ isReadOnly = false, isUnreadable = false } = {}) {
  const newer = { ...fileOf(2), name: '1.txt' };
  const updates = [
    updateOf(60, { added: [fileOf(1), fileOf(3)] }),
    updateOf(40, { removed: [fileOf(3)], by: 'Jamal' }),
    updateOf(27.5, { removed: [fileOf(1)], added: [newer] }),
  ];
  const store = createGalleryStore();
  store.change({ status: 'open', workItemId: 7, isReadOnly });
  const gone = new ServerError('refused', 'Gone.', { status: 404 });
  const attachments = {
    read: () => Promise.resolve(workItemWith([2])),
    readUpdates: () => (isUnreadable ? Promise.reject(gone) : Promise.resolve(updates)),
    readBytes: () => Promise.reject(gone),
    link: jest.fn(),
    remove: jest.fn(),
  };
  const gate = { ...createStateStore({ changes: [] }), pass: () => Promise.resolve(undefined) };
  const tools = createChangeTools({
    ...{ store, gate, bins: new Map(), host: createTestHost(), readAgain: () => undefined },
  });
  const session = {
    ...{ getSnapshot: store.getSnapshot, subscribe: store.subscribe, gate },
    downloads: createStateStore(new Map()),
    historyOptions: { attachments, store, tools, send: jest.fn(), runtime: createFakeRuntime() },
  } as unknown as GallerySession;
  const onCompare = jest.fn();
  await render(<HistoryDialog session={session} onCompare={onCompare} onClose={() => undefined} />);
  const textOf = (selector: string): string[] =>
    [...document.querySelectorAll(selector)].map(({ textContent }) =>
      textContent.replace(/[\u2068\u2069]/g, ''),
    );
  await until(() => !document.body.textContent.includes('Reading the history'));
  return { textOf, onCompare, link: attachments.link };
}

test('HistoryDialog tells the events by day and compares a file with its version before', async () => {
  const { textOf, onCompare } = await open();
  expect(textOf('.history-event')).toEqual([
    'Replaced 1.txt',
    'Removed 3.txt',
    'Attached 3.txt',
    'Attached 1.txt',
  ]);
  expect(textOf('.history-day')).toHaveLength(3);
  click(document.body, 'Compare');
  expect(onCompare.mock.calls).toMatchObject([
    [[{ reference: { id: guid(1) } }, { reference: { id: guid(2) } }]],
  ]);
});

test('HistoryDialog tells the time left of removed files, and the reason why one was not restored', async () => {
  const { textOf, link } = await open();
  click(document.body, /^Recently removed \(2\)/);
  expect(textOf('.history-row .history-facts')).toEqual([
    expect.stringMatching(/^Removed by Raisa .* · Less than a day left$/),
    expect.stringMatching(/^Removed by Jamal .* · Probably deleted from Azure DevOps by now$/),
  ]);
  document.querySelectorAll<HTMLInputElement>('.history-row input')[1]?.click();
  await until(() => textOf('[role=status]').includes('1 selected'));
  click(document.body, 'Restore');
  await until(() => document.querySelector('.field-error') !== null);
  expect(textOf('.field-error')).toEqual([
    "“3.txt” isn't on the server anymore, or you don't have permission to view it.",
  ]);
  expect(textOf('[role=status]')).toContain("1 file wasn't restored: “3.txt”.");
  expect(link).not.toHaveBeenCalled();
});

test('HistoryDialog of a read-only work item shows removed files without commands to restore them', async () => {
  const { textOf } = await open({ isReadOnly: true });
  click(document.body, /^Recently removed/);
  expect(textOf('.history-row .history-event')).toEqual(['1.txt', '3.txt']);
  expect(document.querySelector('input')).toBeNull();
  expect(textOf('button')).not.toContain('Restore');
});

test('HistoryDialog says why the history cannot be read, and offers to retry', async () => {
  const { textOf } = await open({ isUnreadable: true });
  expect(textOf('[role=alert] button')).toEqual(['Retry']);
});
