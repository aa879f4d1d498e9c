import type { Upload, UploadState } from '../../../src/upload/upload';
import { summarizeUploads } from '../../../src/ui/live-region';
import { STATES } from '../../helpers/upload-states';
import { uploadIn } from '../../helpers/uploads';

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
])('summarizeUploads counts %j', (statuses, text) => {
  expect(summarizeUploads(uploads(...statuses))).toBe(text);
});

test.each(Object.keys(STATES) as UploadState['status'][])(
  'summarizeUploads counts an upload with status %s once',
  (status) => {
    expect(summarizeUploads(uploads(status, status))).toMatch(/^2 files: 2 [a-z ]+\.$/);
  },
);
