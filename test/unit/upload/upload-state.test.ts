import type { UploadState } from '../../../src/upload/upload';
import {
  canRetry,
  canTakeFile,
  isActive,
  isAwaitingRetry,
  isLinkRetryPending,
  isOver,
  isReadyToLink,
  isRunning,
  isSending,
  isSettled,
  isStored,
  isWaitingForSave,
} from '../../../src/upload/upload-state';
import { referenceTo, uploadIn } from '../../helpers/uploads';

const reference = referenceTo(1);
const waiting = { status: 'waiting', attempt: 1, problem: { kind: 'network' }, until: 5 } as const;
const failed = { status: 'failed', attempt: 1, problem: { kind: 'network' }, retryable: true } as const;

/** States of each status, one for each distinction made by a predicate. */
const STATES: Readonly<Record<string, UploadState>> = {
  queued: { status: 'queued', attempt: 1 },
  preparing: { status: 'preparing', attempt: 1 },
  uploading: { status: 'uploading', attempt: 1, step: 'sending' },
  'waiting to send': { ...waiting, phase: 'uploading' },
  'waiting to link': { ...waiting, phase: 'linking', reference },
  paused: { status: 'paused', attempt: 1 },
  'needs-file': { status: 'needs-file', attempt: 1 },
  uploaded: { status: 'uploaded', attempt: 1, reference },
  'waiting-for-save': { status: 'waiting-for-save', attempt: 1, reference },
  linking: { status: 'linking', attempt: 1, reference },
  linked: { status: 'linked', reference, revision: 2 },
  'failed to send': { ...failed, phase: 'uploading' },
  'failed to link': { ...failed, phase: 'linking', reference },
  'failed for good': { ...failed, phase: 'uploading', retryable: false },
  cancelled: { status: 'cancelled' },
};

const SENDING = ['queued', 'preparing', 'uploading', 'waiting to send'];
const FAILED = ['failed to send', 'failed to link', 'failed for good'];
const OVER = ['linked', ...FAILED, 'cancelled'];
const RETRYABLE = ['failed to send', 'failed to link'];

test.each<[string, (state: UploadState) => boolean, readonly string[]]>([
  ['isOver', isOver, OVER],
  ['isSending', isSending, SENDING],
  ['isRunning', isRunning, ['preparing', 'uploading', 'linking']],
  ['isActive', isActive, [...SENDING, 'waiting to link', 'uploaded', 'linking']],
  ['isStored', isStored, ['waiting to link', 'uploaded', 'waiting-for-save', 'linking', 'linked']],
  ['isSettled', isSettled, ['uploaded', ...OVER]],
  ['isReadyToLink', (state) => isReadyToLink(uploadIn(state)), ['uploaded']],
  ['isLinkRetryPending', isLinkRetryPending, ['waiting to link']],
  ['isAwaitingRetry', isAwaitingRetry, ['waiting to send', 'waiting to link', ...FAILED]],
  ['canRetry', canRetry, RETRYABLE],
  [
    'canTakeFile',
    canTakeFile,
    Object.keys(STATES).filter((name) => !OVER.includes(name) || RETRYABLE.includes(name)),
  ],
  ['isWaitingForSave', isWaitingForSave, ['waiting-for-save']],
])('%s is true for exactly its states', (_, predicate, expected) => {
  const found = Object.keys(STATES).filter((name) => predicate(STATES[name]!));
  expect(found.sort()).toEqual([...expected].sort());
});

test('The table of states has every status', () => {
  const statuses = new Set(Object.values(STATES).map(({ status }) => status));
  expect(statuses.size).toBe(12);
});
