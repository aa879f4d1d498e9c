import type { Upload, UploadState } from '../../../src/upload/upload';
import { summarizeUploads } from '../../../src/ui/live-region';
import { STATES } from '../../helpers/upload-states';
import { uploadIn } from '../../helpers/uploads';

function uploads(...statuses: UploadState['status'][]): Upload[] {
  return statuses.map((status) => uploadIn(STATES[status]));
}

test.each<[UploadState['status'][], string]>([
  [[], ''],
  [['linked'], '1 file attached.'],
  [['failed'], '1 file failed.'],
  [['cancelled'], '1 upload canceled.'],
  [['waiting-for-save'], 'Save the work item to attach 1 file.'],
  [['queued', 'preparing', 'uploading', 'waiting', 'uploaded', 'linking'], 'Uploading 6 files.'],
  [['queued', 'paused', 'paused'], '2 uploads paused. Uploading 1 file.'],
  [
    ['queued', 'linked', 'cancelled', 'failed', 'waiting-for-save', 'linked'],
    '2 files attached. 1 file failed. 1 upload canceled. Save the work item to attach 1 file. Uploading 1 file.',
  ],
])('summarizeUploads counts %j', (statuses, text) => {
  expect(summarizeUploads(uploads(...statuses))).toBe(text);
});

test.each(Object.keys(STATES) as UploadState['status'][])(
  'summarizeUploads counts an upload with status %s once',
  (status) => {
    expect(summarizeUploads(uploads(status, status))).toMatch(/^[A-Za-z ]*2 (files|uploads)[a-z ]*\.$/);
  },
);
