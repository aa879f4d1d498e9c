import fc from 'fast-check';
import type { Upload, UploadState } from '../../../src/model/upload';
import { overallOf, percentOf } from '../../../src/ui/progress';
import { referenceTo, uploadIn } from '../../helpers/uploads';

const reference = referenceTo(1);
const QUEUED: UploadState = { status: 'queued', attempt: 1 };
const UPLOADED: UploadState = { status: 'uploaded', attempt: 1, reference };
const LINKING: UploadState = { status: 'linking', attempt: 1, reference };
const PAUSED: UploadState = { status: 'paused', attempt: 1 };
const WAITING: UploadState = { status: 'waiting-for-save', attempt: 1, reference };
const LINKED: UploadState = { status: 'linked', reference, revision: 2 };
const CANCELLED: UploadState = { status: 'cancelled' };
const FAILED: UploadState = {
  status: 'failed',
  attempt: 1,
  phase: 'uploading',
  problem: { kind: 'network' },
  retryable: true,
};

function uploading(bytesSent: number): UploadState {
  return { status: 'uploading', attempt: 1, bytesSent, bytesAccepted: 0 };
}

function sized(state: UploadState, size: number, batchId = 'batch'): Upload {
  return uploadIn(state, { batchId, file: { name: 'a', size, folder: '' } });
}

test.each<[string, UploadState, number, number]>([
  ['queued', QUEUED, 200, 0],
  ['being checked', { status: 'preparing', attempt: 1 }, 200, 0],
  ['paused', { status: 'paused', attempt: 1 }, 200, 0],
  ['just begun', uploading(0), 200, 0],
  ['under way', uploading(59), 200, 29],
  ['nearly sent', uploading(199), 200, 99],
  ['sent and not yet accepted', uploading(200), 200, 99],
  ['empty and under way', uploading(0), 0, 0],
  ['uploaded', UPLOADED, 200, 99],
  ['waiting for the save', { status: 'waiting-for-save', attempt: 1, reference }, 200, 99],
  ['being linked', LINKING, 200, 99],
  ['empty and being linked', LINKING, 0, 99],
  ['linked', LINKED, 200, 100],
  ['empty and linked', LINKED, 0, 100],
  ['failed', FAILED, 200, 0],
  ['cancelled', CANCELLED, 200, 0],
])('a file that is %s', (_, state, size, percent) => {
  expect(percentOf(sized(state, size))).toBe(percent);
});

describe('several files', () => {
  test.each([
    ['are none', []],
    ['are all linked', [sized(LINKED, 10)]],
    ['are paused or wait for a save', [sized(PAUSED, 10), sized(WAITING, 10)]],
    ['are all over', [sized(LINKED, 10), sized(FAILED, 10), sized(CANCELLED, 10)]],
  ])('that %s are nothing to watch', (_, uploads) => {
    expect(overallOf(uploads)).toBeUndefined();
  });

  test('count bytes and files', () => {
    const uploads = [sized(LINKED, 100), sized(uploading(50), 200), sized(QUEUED, 700)];
    expect(overallOf(uploads)).toEqual({
      key: 'batch',
      files: 3,
      filesLinked: 1,
      bytesSent: 150,
      bytesTotal: 1000,
      percent: 33,
    });
  });

  test('leave out what failed or was cancelled', () => {
    const uploads = [sized(uploading(50), 100), sized(FAILED, 1000), sized(CANCELLED, 1000)];
    expect(overallOf(uploads)).toMatchObject({ files: 1, bytesSent: 50, bytesTotal: 100 });
  });

  test('leave out batches that have arrived', () => {
    const uploads = [sized(LINKED, 1000, 'old'), sized(uploading(50), 100, 'new')];
    expect(overallOf(uploads)).toMatchObject({ files: 1, filesLinked: 0, bytesSent: 50, bytesTotal: 100 });
  });

  test('that are empty move the bar too', () => {
    const uploads = [UPLOADED, UPLOADED, UPLOADED, QUEUED].map((state) => sized(state, 0));
    expect(overallOf(uploads)).toEqual({
      key: 'batch',
      files: 4,
      filesLinked: 0,
      bytesSent: 0,
      bytesTotal: 0,
      percent: 75,
    });
  });

  test('are not done while one link is still to be made', () => {
    expect(overallOf([sized(LINKED, 1e9), sized(LINKING, 0)])).toMatchObject({ percent: 99 });
  });

  const anyState = fc.oneof(
    fc.constantFrom(QUEUED, UPLOADED, LINKING, LINKED, FAILED, CANCELLED),
    fc.nat(1000).map(uploading),
  );

  test('are 100 percent never, and a number always', () => {
    const upload = fc
      .tuple(anyState, fc.integer({ min: 1000, max: 1e9 }), fc.constantFrom('x', 'y'))
      .map(([state, size, batchId]) => sized(state, size, batchId));
    fc.assert(
      fc.property(fc.array(upload), (uploads) => {
        const overall = overallOf(uploads);
        if (!overall) return;
        expect(Number.isInteger(overall.percent)).toBe(true);
        expect(overall.percent).toBeGreaterThanOrEqual(0);
        expect(overall.percent).toBeLessThan(100);
        expect(overall.bytesSent).toBeLessThanOrEqual(overall.bytesTotal);
        expect(overall.filesLinked).toBeLessThan(overall.files);
      }),
    );
  });

  test('never run backwards while their files go forward', () => {
    const forward = [QUEUED, uploading(0), uploading(400), uploading(1000), UPLOADED, LINKING, LINKED];
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 40 }), (moves) => {
        const at = [0, 0, 0, 0];
        let before = 0;
        for (const file of moves) {
          at[file] = Math.min(at[file]! + 1, forward.length - 1);
          const overall = overallOf(at.map((step) => sized(forward[step]!, 1000)));
          if (!overall) return;
          expect(overall.percent).toBeGreaterThanOrEqual(before);
          before = overall.percent;
        }
      }),
    );
  });
});
