import type { Upload, UploadState } from '../../../src/model/upload';
import { summarise } from '../../../src/ui/live-region';
import { referenceTo, uploadIn } from '../../helpers/uploads';

const reference = referenceTo(1);
const STATES = {
  queued: { status: 'queued', attempt: 1 },
  preparing: { status: 'preparing', attempt: 1 },
  uploading: { status: 'uploading', attempt: 1, step: 'sending' },
  waiting: { status: 'waiting', attempt: 1, phase: 'uploading', problem: { kind: 'network' }, until: 0 },
  paused: { status: 'paused', attempt: 1 },
  uploaded: { status: 'uploaded', attempt: 1, reference },
  'waiting-for-save': { status: 'waiting-for-save', attempt: 1, reference },
  linking: { status: 'linking', attempt: 1, reference },
  linked: { status: 'linked', reference, revision: 2 },
  failed: { status: 'failed', attempt: 1, phase: 'linking', problem: { kind: 'network' }, retryable: true },
  cancelled: { status: 'cancelled' },
} satisfies Record<UploadState['status'], UploadState>;

function uploads(...statuses: UploadState['status'][]): Upload[] {
  return statuses.map((status) => uploadIn(STATES[status]));
}

test.each<[UploadState['status'][], string]>([
  [[], ''],
  [['linked'], '1 file: 1 attached.'],
  [['failed'], '1 file: 1 failed.'],
  [['cancelled'], '1 file: 1 cancelled.'],
  [['waiting-for-save'], '1 file: 1 waiting for the work item to be saved.'],
  [['queued', 'preparing', 'uploading', 'waiting', 'uploaded', 'linking'], '6 files: 6 under way.'],
  [['queued', 'paused', 'paused'], '3 files: 2 paused, 1 under way.'],
  [
    ['queued', 'linked', 'cancelled', 'failed', 'waiting-for-save', 'linked'],
    '6 files: 2 attached, 1 failed, 1 cancelled, 1 waiting for the work item to be saved, 1 under way.',
  ],
])('%j', (statuses, text) => {
  expect(summarise(uploads(...statuses))).toBe(text);
});

test.each(Object.keys(STATES) as UploadState['status'][])(
  'an upload that is %s is counted once',
  (status) => {
    expect(summarise(uploads(status, status))).toMatch(/^2 files: 2 [a-z ]+\.$/);
  },
);
