import type { UpdatedAttachment } from '../../../../src/azure/rest/updates';
import { filesInHistory } from '../../../../src/gallery/history/history-model';
import type { FileEvent } from '../../../../src/upload/history/file-history';
import { guid, referenceTo } from '../../../helpers/uploads';

const ITEM = { workItemId: 7, workItemType: 'Bug' };

function fileOf(number: number, facts: Partial<UpdatedAttachment> = {}): UpdatedAttachment {
  return { ...referenceTo(number), name: 'a.png', comment: '', size: 7, ...facts };
}

/** Events at the times 1, 2, 3, … */
function historyOf(...events: readonly Omit<FileEvent, 'by' | 'at'>[]) {
  return filesInHistory(
    ITEM,
    events.map((event, index) => ({ ...event, by: 'Raisa', at: index + 1 })),
  );
}

test('filesInHistory lists the events of files, the latest first', () => {
  const file = fileOf(1);
  const renamed = fileOf(1, { name: 'b.png' });
  const { entries } = historyOf(
    { kind: 'attached', file },
    { kind: 'renamed', file: renamed, before: file },
    { kind: 'removed', file: renamed },
    { kind: 'attached', file: renamed },
  );
  expect(entries).toMatchObject([
    { kind: 'restored', file: { name: 'b.png', kind: 'image' }, by: 'Raisa', at: 4 },
    { kind: 'removed', at: 3 },
    { kind: 'renamed', before: { name: 'a.png' }, at: 2 },
    { kind: 'attached', file: { workItemId: 7, workItemType: 'Bug', name: 'a.png' }, at: 1 },
  ]);
  expect(entries.filter(({ versions }) => versions)).toEqual([]);
});

test('filesInHistory offers files that had the same name one after the other for comparison', () => {
  const { entries } = historyOf(
    { kind: 'attached', file: fileOf(1) },
    { kind: 'replaced', file: fileOf(1), replacement: fileOf(2) },
    { kind: 'removed', file: fileOf(2) },
    { kind: 'attached', file: fileOf(3) },
    { kind: 'attached', file: fileOf(4, { name: 'other.png' }) },
  );
  const pairs = entries.map(({ versions }) =>
    versions?.map(({ reference, addedAt }) => [reference.id, addedAt]),
  );
  expect(pairs).toEqual([
    undefined,
    [
      [guid(2), 2],
      [guid(3), 4],
    ],
    undefined,
    [
      [guid(1), 1],
      [guid(2), 2],
    ],
    undefined,
  ]);
});

test('filesInHistory takes a file with another name by now for no version', () => {
  const { entries } = historyOf(
    { kind: 'attached', file: fileOf(1) },
    { kind: 'renamed', file: fileOf(1, { name: 'old.png' }), before: fileOf(1) },
    { kind: 'attached', file: fileOf(2) },
  );
  expect(entries[0]?.versions).toBeUndefined();
});

test('filesInHistory keeps the name and comment of a removed file, with its folder', () => {
  const comment = 'Nightly run 📁 logs/2026';
  const { removed } = historyOf(
    { kind: 'attached', file: fileOf(1, { comment }) },
    { kind: 'removed', file: fileOf(1, { comment }) },
  );
  expect(removed).toEqual([
    {
      file: expect.objectContaining({
        ...{ name: 'a.png', comment: 'Nightly run', folder: 'logs/2026', addedAt: 1, addedBy: 'Raisa' },
      }) as unknown,
      linkable: { reference: referenceTo(1), name: 'a.png', comment, size: 7 },
      ...{ by: 'Raisa', at: 2 },
    },
  ]);
});

test('filesInHistory names a file without a known name by its GUID', () => {
  const file = fileOf(1, { name: '', size: undefined });
  const { removed } = historyOf({ kind: 'removed', file });
  expect(removed).toMatchObject([
    {
      file: { name: guid(1), size: undefined, addedAt: NaN, addedBy: '' },
      linkable: { name: guid(1), size: 0 },
    },
  ]);
});
