import { pendingOf } from '../../../../../src/upload/recovery/channel/protocol';
import type { UploadState } from '../../../../../src/upload/upload';
import { DRAFT, ITEM_7, referenceTo, uploadIn } from '../../../../helpers/uploads';

const reference = referenceTo(1);
const problem = { kind: 'network' } as const;
const never = (): boolean => false;
const commentOf = ({ folder }: { folder: string }): string => `from ${folder}`;

test.each<UploadState>([
  { status: 'uploaded', attempt: 1, reference },
  { status: 'linking', attempt: 1, reference },
  { status: 'waiting', attempt: 1, phase: 'linking', problem, until: 0, reference },
])('pendingOf includes an upload with the status $status', (state) => {
  const file = { name: 'a.txt', size: 100, folder: 'logs' };
  expect(pendingOf([uploadIn(state, { id: 'u', file })], commentOf, never)).toEqual([
    {
      target: ITEM_7,
      attachment: { reference, name: 'a.txt', comment: 'from logs', size: 100, uploadId: 'u' },
      waitsForSave: false,
    },
  ]);
});

test('pendingOf reports links that have to wait for a save', () => {
  const uploads = [
    uploadIn({ status: 'waiting-for-save', attempt: 1, reference }),
    uploadIn({ status: 'uploaded', attempt: 1, reference }, { target: DRAFT }),
    uploadIn({ status: 'uploaded', attempt: 1, reference }),
  ];
  const pending = pendingOf(uploads, commentOf, (target) => target === DRAFT);
  expect(pending.map(({ waitsForSave }) => waitsForSave)).toEqual([true, true, false]);
});

test.each<UploadState>([
  { status: 'queued', attempt: 1 },
  { status: 'uploading', attempt: 1, step: 'sending' },
  { status: 'waiting', attempt: 1, phase: 'uploading', problem, until: 0 },
  { status: 'linked', reference, revision: 2 },
  { status: 'failed', attempt: 1, phase: 'linking', problem, retryable: true, reference },
  { status: 'cancelled' },
])('pendingOf leaves out an upload with the status $status', (state) => {
  expect(pendingOf([uploadIn(state)], commentOf, never)).toEqual([]);
});
