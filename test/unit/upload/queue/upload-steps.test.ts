import { describeDiagnostics } from '../../../../src/base/diagnostics';
import { recordUploadSteps } from '../../../../src/upload/queue/upload-steps';
import { createUploadStore } from '../../../../src/upload/queue/upload-store';
import { uploadIn } from '../../../helpers/uploads';

/** Recorded steps, without their times. */
function steps(): string[] {
  return describeDiagnostics({})
    .split('\n')
    .slice(2)
    .map((line) => line.replace(/^\S+ /, ''));
}

test('recordUploadSteps names files by number and failures by kind, without progress', () => {
  const store = createUploadStore();
  store.onChange(recordUploadSteps);
  const file = { name: 'Secret.docx', size: 100, folder: 'Secret folder' };
  const uploads = [1, 2].map((number) =>
    uploadIn({ status: 'queued', attempt: 1 }, { id: `b6e1f0c2a4d8-${number}`, file }),
  );
  const id = uploads[0]!.id;
  store.dispatch({ type: 'added', uploads });
  store.dispatch({ type: 'preparing', id });
  store.dispatch({ type: 'started', id });
  store.dispatch({ type: 'progressed', id, progress: { bytesSent: 10, bytesAccepted: 0 } });
  const problem = {
    kind: 'refused',
    serverMessage: 'Secret.docx at https://dev.azure.com/fabrikam',
  } as const;
  store.dispatch({ type: 'failed', id, phase: 'uploading', problem });
  store.dispatch({ type: 'evicted', ids: new Set([uploads[1]!.id]) });

  expect(steps()).toEqual([
    '2 uploads: added',
    'upload 1: started',
    'upload 1: failed (uploading, refused)',
    'upload 2: evicted',
  ]);
  expect(describeDiagnostics({})).not.toMatch(/secret|fabrikam|b6e1f0c2a4d8/i);
});
