import type { UploadState } from '../../src/upload/upload';
import { referenceTo } from './uploads';

const reference = referenceTo(1);

/** A state for each status. */
export const STATES = {
  queued: { status: 'queued', attempt: 1 },
  preparing: { status: 'preparing', attempt: 1 },
  uploading: { status: 'uploading', attempt: 1, step: 'sending' },
  waiting: { status: 'waiting', attempt: 1, phase: 'uploading', problem: { kind: 'network' }, until: 0 },
  paused: { status: 'paused', attempt: 1 },
  'needs-file': { status: 'needs-file', attempt: 1 },
  uploaded: { status: 'uploaded', attempt: 1, reference },
  'waiting-for-save': { status: 'waiting-for-save', attempt: 1, reference },
  linking: { status: 'linking', attempt: 1, reference },
  linked: { status: 'linked', reference, revision: 2 },
  failed: { status: 'failed', attempt: 1, phase: 'linking', problem: { kind: 'network' }, retryable: true },
  cancelled: { status: 'cancelled' },
} satisfies Record<UploadState['status'], UploadState>;
