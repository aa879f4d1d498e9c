import type { UploadState } from '../../../src/upload/upload';
import { isOver, isSending } from '../../../src/upload/upload-state';
import { referenceTo } from '../../helpers/uploads';

const reference = referenceTo(1);
const waiting = { status: 'waiting', attempt: 1, problem: { kind: 'network' }, until: 5 } as const;
const failed = { status: 'failed', attempt: 1, problem: { kind: 'network' }, retryable: true } as const;

test.each<[string, UploadState, 'sending' | 'over' | 'neither']>([
  ['whose turn has not come', { status: 'queued', attempt: 1 }, 'sending'],
  ['that is being checked', { status: 'preparing', attempt: 1 }, 'sending'],
  ['that is on its way', { status: 'uploading', attempt: 1, step: 'sending' }, 'sending'],
  ['that waits to be sent again', { ...waiting, phase: 'uploading' }, 'sending'],
  ['that waits to be linked again', { ...waiting, phase: 'linking', reference }, 'neither'],
  ['that is paused', { status: 'paused', attempt: 1 }, 'neither'],
  ['that is stored', { status: 'uploaded', attempt: 1, reference }, 'neither'],
  ['that waits for a save', { status: 'waiting-for-save', attempt: 1, reference }, 'neither'],
  ['that is being linked', { status: 'linking', attempt: 1, reference }, 'neither'],
  ['that is linked', { status: 'linked', reference, revision: 2 }, 'over'],
  ['that failed', { ...failed, phase: 'uploading' }, 'over'],
  ['that failed to be linked', { ...failed, phase: 'linking', reference }, 'over'],
  ['that was cancelled', { status: 'cancelled' }, 'over'],
])('an upload %s is told from others', (_, state, expected) => {
  expect([isSending(state), isOver(state)]).toEqual([expected === 'sending', expected === 'over']);
});
