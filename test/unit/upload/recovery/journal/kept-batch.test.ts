import {
  createRecord,
  interruptedUpload,
  keptFacts,
  referenceOf,
  toBatch,
} from '../../../../../src/upload/recovery/journal/kept-batch';
import type { KeptUpload } from '../../../../../src/upload/recovery/journal/kept-batch';
import { readBatch } from '../../../../../src/upload/recovery/journal/read-batch';
import type { Problem } from '../../../../../src/base/errors';
import type { UploadState } from '../../../../../src/upload/upload';
import { keptBatch, keptUpload } from '../../../../helpers/kept';
import { referenceTo, uploadIn } from '../../../../helpers/uploads';

const PROBLEM: Problem = { kind: 'network', status: 0 };
const REFERENCE = referenceTo(1);
const SESSION = { reference: REFERENCE, bytesAccepted: 50, chunkBytes: 10, isDoubtful: false };
const FAILURE = { phase: 'linking', problem: PROBLEM, retryable: true } as const;
const FILE = new Blob(['x'.repeat(100)]);

/** Stored facts of an upload in each state, and the resumed state with and without its bytes. */
const STATES: [string, UploadState, Partial<KeptUpload> | undefined, string, string][] = [
  ['queued', { status: 'queued', attempt: 2 }, { stage: 'sending', attempt: 2 }, 'queued', 'needs-file'],
  ['preparing', { status: 'preparing', attempt: 1 }, { stage: 'sending' }, 'queued', 'needs-file'],
  [
    'uploading',
    { status: 'uploading', attempt: 1, step: 'sending' },
    { stage: 'sending' },
    'queued',
    'needs-file',
  ],
  ['needs-file', { status: 'needs-file', attempt: 1 }, { stage: 'sending' }, 'queued', 'needs-file'],
  [
    'waiting to be sent',
    { status: 'waiting', attempt: 3, phase: 'uploading', problem: PROBLEM, until: 5 },
    { stage: 'sending', attempt: 3 },
    'queued',
    'needs-file',
  ],
  [
    'waiting to be linked',
    { status: 'waiting', attempt: 3, phase: 'linking', problem: PROBLEM, until: 5, reference: REFERENCE },
    { stage: 'linking', attempt: 3, reference: REFERENCE },
    'uploaded',
    'uploaded',
  ],
  ['paused', { status: 'paused', attempt: 1 }, { stage: 'paused' }, 'paused', 'needs-file'],
  [
    'uploaded',
    { status: 'uploaded', attempt: 1, reference: REFERENCE },
    { stage: 'linking', reference: REFERENCE },
    'uploaded',
    'uploaded',
  ],
  [
    'waiting-for-save',
    { status: 'waiting-for-save', attempt: 1, reference: REFERENCE },
    { stage: 'linking', reference: REFERENCE },
    'uploaded',
    'uploaded',
  ],
  [
    'linking',
    { status: 'linking', attempt: 2, reference: REFERENCE },
    { stage: 'linking', attempt: 2, reference: REFERENCE },
    'uploaded',
    'uploaded',
  ],
  [
    'failed to be sent',
    { ...FAILURE, status: 'failed', attempt: 4, phase: 'uploading' },
    { stage: 'failed', attempt: 4, failure: { ...FAILURE, phase: 'uploading' } },
    'failed',
    'needs-file',
  ],
  [
    'failed for good',
    { ...FAILURE, status: 'failed', attempt: 1, phase: 'uploading', retryable: false },
    { stage: 'failed', failure: { ...FAILURE, phase: 'uploading', retryable: false } },
    'failed',
    'failed',
  ],
  [
    'failed to be linked',
    { ...FAILURE, status: 'failed', attempt: 1, reference: REFERENCE },
    { stage: 'failed', reference: REFERENCE, failure: FAILURE },
    'failed',
    'failed',
  ],
  [
    'linked',
    { status: 'linked', reference: REFERENCE, revision: 2 },
    { stage: 'linked', reference: REFERENCE },
    'uploaded',
    'uploaded',
  ],
  ['cancelled', { status: 'cancelled' }, undefined, '', ''],
];

test.each(STATES)(
  'interruptedUpload restores the state “%s” from keptFacts',
  (_, state, expected, withFile, without) => {
    const upload = uploadIn(state);
    const facts = keptFacts(upload);
    if (!expected) {
      expect(facts).toBeUndefined();
      return;
    }
    const isLinkTried = upload.isLinkTried;
    expect(facts).toEqual({ attempt: 1, reference: undefined, failure: undefined, isLinkTried, ...expected });
    const kept = { ...keptUpload(), ...facts! };
    const batch = keptBatch({ uploads: [kept] });
    expect(readBatch(batch)).toBe(batch);
    const goneOnWith = interruptedUpload(kept, batch, FILE);
    expect(goneOnWith.source).toBe(FILE);
    expect(goneOnWith.upload).toMatchObject({
      id: 'a',
      batchId: 'batch',
      isLinkTried,
      state: { status: withFile },
    });
    expect(interruptedUpload(kept, batch, undefined).upload.state.status).toBe(without);
  },
);

test('interruptedUpload takes accepted bytes from the session, and the reference unless it is doubtful', () => {
  const half = keptUpload({ session: SESSION });
  const whole = keptUpload({ session: { ...SESSION, bytesAccepted: 100 } });
  const doubtful = keptUpload({ session: { ...SESSION, bytesAccepted: 100, isDoubtful: true } });
  expect([half, whole, doubtful].map(referenceOf)).toEqual([undefined, REFERENCE, undefined]);
  const uploadOf = (kept: KeptUpload) => interruptedUpload(kept, keptBatch(), undefined).upload;
  expect(uploadOf(half)).toMatchObject({
    state: { status: 'needs-file' },
    progress: { bytesSent: 50, bytesAccepted: 50 },
    acceptedNow: 50,
  });
  expect(uploadOf(whole)).toMatchObject({
    state: { status: 'uploaded', reference: REFERENCE },
    progress: { bytesSent: 100, bytesAccepted: 100 },
  });
  expect(uploadOf(doubtful).state.status).toBe('needs-file');
});

test('interruptedUpload prefers the reference of a link to the session', () => {
  const kept = keptUpload({ stage: 'linking', reference: referenceTo(2), session: SESSION });
  expect(referenceOf(kept)).toEqual(referenceTo(2));
});

test('The comment of a file survives the journal', () => {
  const file = { name: 'a.txt', size: 5, folder: 'logs', comment: 'Seen in the build' };
  const upload = uploadIn({ status: 'queued', attempt: 1 }, { file });
  const batch = readBatch(toBatch(createRecord(upload, [upload], new Map(), 1), 'me', 1))!;
  expect(interruptedUpload(batch.uploads[0]!, batch, undefined).upload.file).toEqual(file);
});
