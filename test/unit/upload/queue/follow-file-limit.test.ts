import { followFileLimit } from '../../../../src/upload/queue/follow-file-limit';
import type { ChangeListener } from '../../../../src/upload/queue/upload-store';
import type { UploadState } from '../../../../src/upload/upload';
import { STATES } from '../../../helpers/upload-states';
import { uploadIn } from '../../../helpers/uploads';

/** Returns the limit after a file has reached a state; it was 1,000 bytes before. */
function limitAfter(state: UploadState, size: number, volumeBytes?: number): number {
  const listeners: ChangeListener[] = [];
  const known = { bytes: 1_000 };
  followFileLimit(
    { onChange: (listener) => void listeners.push(listener) },
    { bytes: () => known.bytes, learn: (bytes) => void (known.bytes = bytes) },
  );
  const after = uploadIn(state, { file: { name: 'a.bin', size, folder: '', volumeBytes } });
  for (const listener of listeners)
    listener([{ before: undefined, after }], { type: 'removed', ids: new Set() });
  return known.bytes;
}

const refusal = (problem: Extract<UploadState, { status: 'failed' }>['problem']): UploadState => ({
  ...STATES.failed,
  phase: 'uploading',
  problem,
});

test('followFileLimit learns the limit that a refusal names', () => {
  expect(limitAfter(refusal({ kind: 'file-too-large', limitBytes: 500 }), 700)).toBe(500);
  expect(limitAfter(refusal({ kind: 'file-too-large' }), 700)).toBe(1_000);
  expect(limitAfter(refusal({ kind: 'request-too-large', limitBytes: 500 }), 700)).toBe(1_000);
});

test('followFileLimit raises the limit after a larger file, but not after a split one', () => {
  expect(limitAfter(STATES.uploaded, 1_200)).toBe(1_200);
  expect(limitAfter(STATES.uploaded, 800)).toBe(1_000);
  expect(limitAfter(STATES.uploaded, 5_000, 900)).toBe(1_000);
});
