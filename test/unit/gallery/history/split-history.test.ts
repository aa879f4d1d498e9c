import type { HistoryEntry, RemovedEntry } from '../../../../src/gallery/history/history-model';
import { describeRestoration } from '../../../../src/gallery/history/history-sentences';
import { joinEntries, removedRowsOf } from '../../../../src/gallery/history/split-history';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { attachedParts, splitInto } from '../../../helpers/split';
import { attachedFile } from '../model/files';

const { files: PARTS } = attachedParts(splitInto('night.log', Buffer.from('abcdefghij'), 4, 'of the night'));
const NOTES = attachedFile('notes.txt');

const attached = (file: AttachedFile, at = 5, kind: HistoryEntry['kind'] = 'attached'): HistoryEntry => ({
  ...{ key: at * 100 + [...PARTS, NOTES].indexOf(file), kind, file, by: 'Anna', at },
});

const removed = (file: AttachedFile): RemovedEntry => {
  const { reference, name, comment, size = 0 } = file;
  return { file, linkable: { reference, name, comment, size }, by: 'Anna', at: 5 };
};

const summary = (entries: readonly HistoryEntry[]): readonly string[] =>
  entries.map(({ kind, file, at }) => `${at} ${kind} ${file.name} ${file.volumes ? 'split' : ''}`.trim());

test('The parts of a split file are one entry, beside those of other files and times', () => {
  const [one, two, three] = PARTS as [AttachedFile, AttachedFile, AttachedFile];
  const entries = [three, NOTES, two, one].map((file) => attached(file));
  expect(summary(joinEntries([attached(two, 6, 'removed'), ...entries]))).toEqual([
    '6 removed night.log split',
    '5 attached night.log split',
    '5 attached notes.txt',
  ]);
  expect(joinEntries([attached(NOTES), attached(NOTES, 4)])).toEqual([attached(NOTES), attached(NOTES, 4)]);
  const keys = joinEntries([...entries, attached(one, 4)]).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('A new name of all parts is that of the split file', () => {
  const { files: renamed } = attachedParts(
    splitInto('day.log', Buffer.from('abcdefghij'), 4, 'of the night'),
  );
  const entries = renamed.map((file, index) => ({
    ...attached(file, 5, 'renamed'),
    ...{ key: index, before: PARTS[index]! },
  }));
  const joined = joinEntries(entries);
  expect(joined).toMatchObject([
    { kind: 'renamed', file: { name: 'day.log' }, before: { name: 'night.log' } },
  ]);
});

test('A removed split file is one row with all its attachments; of an incomplete one, each part is a row', () => {
  const all = [...PARTS, NOTES].map(removed);
  const rows = removedRowsOf(all);
  expect(rows.map(({ file }) => file.name)).toEqual(['night.log', 'notes.txt']);
  expect(rows.map(({ entries }) => entries)).toEqual([all.slice(0, 3), [all[3]]]);
  const some = [all[0]!, all[2]!];
  expect(removedRowsOf(some)).toEqual(some.map((entry) => ({ file: entry.file, entries: [entry] })));
});

test('The result names the split file, not its parts', () => {
  const none = { isCopy: false, restored: [], failed: [], linked: [], fromBin: [] };
  const parts = PARTS.map(removed);
  expect(describeRestoration({ ...none, restored: parts })).toMatch(/^Restored .*night\.log.*\.$/);
  expect(describeRestoration({ ...none, failed: parts })).toContain('1 file wasn');
});
