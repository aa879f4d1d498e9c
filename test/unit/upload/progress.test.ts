import fc from 'fast-check';
import type { Upload, UploadState } from '../../../src/upload/upload';
import { overallOf, percentOf } from '../../../src/upload/progress';
import { referenceTo, uploadIn } from '../../helpers/uploads';

const reference = referenceTo(1);
const QUEUED: UploadState = { status: 'queued', attempt: 1 };
const UPLOADING: UploadState = { status: 'uploading', attempt: 1, step: 'sending' };
const UPLOADED: UploadState = { status: 'uploaded', attempt: 1, reference };
const LINKING: UploadState = { status: 'linking', attempt: 1, reference };
const PAUSED: UploadState = { status: 'paused', attempt: 1 };
const WAITING_FOR_SAVE: UploadState = { status: 'waiting-for-save', attempt: 1, reference };
const WAITING: UploadState = {
  status: 'waiting',
  attempt: 1,
  phase: 'uploading',
  problem: { kind: 'network' },
  until: 0,
};
const WAITING_TO_LINK: UploadState = { ...WAITING, phase: 'linking', reference };
const LINKED: UploadState = { status: 'linked', reference, revision: 2 };
const CANCELLED: UploadState = { status: 'cancelled' };
const FAILED: UploadState = {
  status: 'failed',
  attempt: 1,
  phase: 'uploading',
  problem: { kind: 'network' },
  retryable: true,
};

/** An upload with this many bytes sent, or all of them if the server has stored them. */
function sized(state: UploadState, size: number, bytesSent = 'reference' in state ? size : 0): Upload {
  return uploadIn(state, {
    file: { name: 'a', size, folder: '' },
    progress: { bytesSent, bytesAccepted: 0 },
  });
}

function inBatch(batchId: string, upload: Upload): Upload {
  return { ...upload, batchId };
}

test.each<[string, Upload, number]>([
  ['queued', sized(QUEUED, 200), 0],
  ['queued once more', sized(QUEUED, 200, 100), 50],
  ['being checked', sized({ status: 'preparing', attempt: 1 }, 200), 0],
  ['paused', sized(PAUSED, 200, 59), 29],
  ['waiting to be tried again', sized(WAITING, 200, 59), 29],
  ['just begun', sized(UPLOADING, 200, 0), 0],
  ['under way', sized(UPLOADING, 200, 59), 29],
  ['nearly sent', sized(UPLOADING, 200, 199), 99],
  ['sent and not yet accepted', sized(UPLOADING, 200, 200), 99],
  ['starting over', sized({ ...UPLOADING, step: 'starting-over' }, 200, 59), 29],
  ['empty and under way', sized(UPLOADING, 0, 0), 0],
  ['uploaded', sized(UPLOADED, 200), 99],
  ['waiting for the save', sized(WAITING_FOR_SAVE, 200), 99],
  ['being linked', sized(LINKING, 200), 99],
  ['empty and being linked', sized(LINKING, 0), 99],
  ['empty and waiting to be linked again', sized(WAITING_TO_LINK, 0), 99],
  ['linked', sized(LINKED, 200), 100],
  ['empty and linked', sized(LINKED, 0), 100],
  ['failed', sized(FAILED, 200, 100), 0],
  ['cancelled', sized(CANCELLED, 200, 100), 0],
])('percentOf returns the percent of a file: %s', (_, upload, percent) => {
  expect(percentOf(upload)).toBe(percent);
});

describe('overallOf', () => {
  test.each([
    ['are none', []],
    ['are all linked', [sized(LINKED, 10)]],
    ['wait for a save', [sized(WAITING_FOR_SAVE, 10)]],
    ['are all over', [sized(LINKED, 10), sized(FAILED, 10), sized(CANCELLED, 10)]],
  ])('returns undefined where uploads %s', (_, uploads) => {
    expect(overallOf(uploads)).toBeUndefined();
  });

  test('counts bytes and files', () => {
    const uploads = [sized(LINKED, 100), sized(UPLOADING, 200, 50), sized(QUEUED, 700)];
    expect(overallOf(uploads)).toEqual({
      key: 'batch',
      batches: new Set(['batch']),
      files: 3,
      filesLinked: 1,
      bytesSent: 150,
      bytesTotal: 1000,
      bytesToCome: 850,
      percent: 33,
      isPaused: false,
    });
  });

  test('keeps batches shown before, so the bar does not fall back when one is complete', () => {
    const arrived = inBatch('first', sized(LINKED, 1000));
    const moving = inBatch('second', sized(UPLOADING, 1000, 100));
    expect(overallOf([arrived, moving])).toMatchObject({ files: 1, bytesSent: 100 });
    const overall = overallOf([arrived, moving], new Set(['first', 'second']));
    expect(overall).toMatchObject({ files: 2, filesLinked: 1, bytesSent: 1100, bytesTotal: 2000 });
    expect(overallOf([arrived], overall?.batches)).toBeUndefined();
  });

  test('omits failed and canceled uploads', () => {
    const uploads = [sized(UPLOADING, 100, 50), sized(FAILED, 1000, 9), sized(CANCELLED, 1000, 9)];
    expect(overallOf(uploads)).toMatchObject({ files: 1, bytesSent: 50, bytesTotal: 100 });
  });

  test('omits complete batches', () => {
    const uploads = [inBatch('old', sized(LINKED, 1000)), inBatch('new', sized(UPLOADING, 100, 50))];
    expect(overallOf(uploads)).toMatchObject({ files: 1, filesLinked: 0, bytesSent: 50, bytesTotal: 100 });
  });

  test('excludes paused uploads from the bytes to come', () => {
    const uploads = [sized(UPLOADING, 100, 40), sized(PAUSED, 1000, 500)];
    expect(overallOf(uploads)).toMatchObject({
      files: 2,
      bytesSent: 540,
      bytesTotal: 1100,
      bytesToCome: 60,
      isPaused: false,
    });
  });

  test('is paused when no upload is active', () => {
    expect(overallOf([sized(PAUSED, 100, 40), sized(LINKED, 60)])).toMatchObject({
      isPaused: true,
      bytesSent: 100,
      bytesToCome: 0,
    });
  });

  test.each([WAITING, WAITING_TO_LINK, QUEUED])('is not paused while one upload waits', (state) => {
    expect(overallOf([sized(PAUSED, 100), sized(state, 100)])).toMatchObject({ isPaused: false });
  });

  test('advances for empty files', () => {
    const uploads = [UPLOADED, UPLOADED, WAITING_TO_LINK, QUEUED].map((state) => sized(state, 0));
    expect(overallOf(uploads)).toMatchObject({ files: 4, bytesSent: 0, bytesTotal: 0, percent: 75 });
  });

  test('stays below 100 while a link is pending', () => {
    expect(overallOf([sized(LINKED, 1e9), sized(LINKING, 0)])).toMatchObject({ percent: 99 });
  });

  test('always returns a number below 100', () => {
    const state = fc.constantFrom(
      QUEUED,
      UPLOADING,
      PAUSED,
      WAITING,
      WAITING_TO_LINK,
      UPLOADED,
      LINKING,
      LINKED,
      FAILED,
      CANCELLED,
    );
    const upload = fc
      .tuple(state, fc.nat(1e9), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('x', 'y'))
      .map(([state, size, part, batchId]) => {
        const bytesSent = 'reference' in state ? size : Math.floor(part * size);
        return inBatch(batchId, sized(state, size, bytesSent));
      });
    fc.assert(
      fc.property(fc.array(upload), (uploads) => {
        const overall = overallOf(uploads);
        if (!overall) return;
        expect(Number.isInteger(overall.percent)).toBe(true);
        expect(overall.percent).toBeGreaterThanOrEqual(0);
        expect(overall.percent).toBeLessThan(100);
        expect(overall.bytesSent).toBeLessThanOrEqual(overall.bytesTotal);
        expect(overall.bytesToCome).toBeLessThanOrEqual(overall.bytesTotal - overall.bytesSent);
        expect(overall.filesLinked).toBeLessThan(overall.files);
      }),
    );
  });

  test('never goes backward while its files advance', () => {
    const forward = [
      sized(QUEUED, 1000),
      sized(UPLOADING, 1000, 400),
      sized(WAITING, 1000, 400),
      sized(QUEUED, 1000, 400),
      sized({ ...UPLOADING, step: 'starting-over' }, 1000, 400),
      sized(PAUSED, 1000, 700),
      sized(UPLOADING, 1000, 1000),
      sized(UPLOADED, 1000),
      sized(LINKING, 1000),
      sized(WAITING_TO_LINK, 1000),
      sized(UPLOADED, 1000),
      sized(LINKED, 1000),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 60 }), (moves) => {
        const at = [0, 0, 0, 0];
        let before = 0;
        for (const file of moves) {
          at[file] = Math.min(at[file]! + 1, forward.length - 1);
          const overall = overallOf(at.map((step) => forward[step]!));
          if (!overall) return;
          expect(overall.percent).toBeGreaterThanOrEqual(before);
          before = overall.percent;
        }
      }),
    );
  });
});
