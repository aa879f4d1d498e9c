import { describeFileError } from '../../../src/gallery/changes/change-sentences';
import type { FileError } from '../../../src/gallery/gallery-state';

const plain = (error: FileError, openItemId: number): string =>
  describeFileError(error, openItemId).replace(/[\u2068\u2069]/g, '');

const error = (kind: FileError['problem']['kind'], workItem?: FileError['workItem']): FileError => ({
  ...{ problem: { kind }, name: 'a.txt', workItem },
});

describe('describeFileError', () => {
  test('names the work item when the form shows another one', () => {
    const timeout = '“a.txt”: Azure DevOps took too long to respond. Try again.';
    expect(plain(error('timeout', { id: 8, type: 'Bug' }), 30)).toBe(`Bug 8, ${timeout}`);
    expect(plain(error('timeout', { id: 8, type: '' }), 30)).toBe(`Work item 8, ${timeout}`);
    expect(plain(error('timeout', { id: 8, type: 'Bug' }), 8)).toBe(timeout);
    expect(plain(error('timeout'), 8)).toBe(timeout);
  });

  test.each([32, 30])(
    'names a full work item when the form shows %s, and speaks of no drop',
    (openItemId) => {
      expect(plain(error('attachment-limit', { id: 32, type: 'Bug' }), openItemId)).toBe(
        "“a.txt” can't be attached because Bug 32 is full. Remove some of its attachments, then try again.",
      );
    },
  );
});
